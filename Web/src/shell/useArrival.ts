import { useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';

/** Another page begins at its top, and with the focus on its content. Back and forward scroll as browsers do. */
export function useArrival(): void {
  const { pathname } = useLocation();
  const way = useNavigationType();
  const last = useRef(pathname);
  useEffect(() => {
    if (pathname === last.current) {
      return;
    }
    last.current = pathname;
    if (way !== 'POP') {
      window.scrollTo(0, 0);
    }
    document.getElementById('content')?.focus({ preventScroll: true });
  }, [pathname, way]);
}
