import { type MouseEvent, useSyncExternalStore } from 'react';

const PREFIX = '/dashboards/';

/** The key of the dashboard that the address names; null where it names none. */
export function useDashboardKey(): string | null {
  const path = useSyncExternalStore(onMove, () => window.location.pathname);
  return path.startsWith(PREFIX) ? path.slice(PREFIX.length) : null;
}

export function dashboardPath(key: string): string {
  return `${PREFIX}${key}`;
}

/** Follows a link without loading the page again, where a plain click asks for it. */
export function follow(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey) {
    event.preventDefault();
    window.history.pushState(null, '', event.currentTarget.href);
    window.dispatchEvent(new PopStateEvent('popstate'));
  }
}

function onMove(moved: () => void): () => void {
  window.addEventListener('popstate', moved);
  return () => window.removeEventListener('popstate', moved);
}
