import { type RefObject, useLayoutEffect } from 'react';

/** Where an element goes that has the focus, its popup or the page's content takes it: nobody who walks by keyboard begins anew. */
export function useFocusHandedOn(element: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const going = element.current;
    const next = going?.closest<HTMLElement>('[role=dialog]') ?? document.getElementById('content');
    return () => {
      if (going?.contains(document.activeElement)) {
        next?.focus({ preventScroll: true });
      }
    };
  }, [element]);
}
