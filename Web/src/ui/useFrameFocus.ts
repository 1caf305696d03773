import { useEffect, useEffectEvent } from 'react';

/** For popups: a click into an embedded dashboard reaches no listener of this page. That the frame takes the focus does. */
export function useFrameFocus(onTaken: () => void): void {
  const told = useEffectEvent(onTaken);
  useEffect(() => {
    const look = () => {
      if (document.activeElement instanceof HTMLIFrameElement) {
        told();
      }
    };
    window.addEventListener('blur', look);
    return () => window.removeEventListener('blur', look);
  }, []);
}
