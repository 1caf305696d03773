import type { EmbedState } from '@embedstack/embedded-dashboard';
import { useCallback, useMemo } from 'react';
import { useLocation, useNavigate } from 'react-router';

/** What of a dashboard stands in the address: its state, and whether it has the whole window. */
export interface DashboardAddress {
  state: EmbedState;
  full: boolean;
}

export function readSearch(search: string): DashboardAddress {
  const parameters = new URLSearchParams(search);
  return {
    state: { filters: parameters.get('filters') ?? undefined, permalink: parameters.get('permalink') ?? undefined },
    full: parameters.has('full'),
  };
}

/** Readable where it may be: people see it, and sign-ins bring it back. */
export function writeSearch({ state, full }: DashboardAddress): string {
  const parts = [state.filters && `filters=${encode(state.filters)}`, state.permalink && `permalink=${encode(state.permalink)}`, full && 'full=1'].filter(
    Boolean,
  );
  return parts.length === 0 ? '' : `?${parts.join('&')}`;
}

export function useDashboardAddress() {
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  const address = useMemo(() => readSearch(search), [search]);

  // Read from the window: what the embed tells comes later than the render that it was told to.
  const change = useCallback(
    (next: Partial<DashboardAddress>, replace = false) => {
      // While the next page loads, this one still stands, and its dashboard tells of itself: nobody is to be led back by that.
      if (window.location.pathname === pathname) {
        void navigate({ pathname, search: writeSearch({ ...readSearch(window.location.search), ...next }) }, { replace });
      }
    },
    [navigate, pathname],
  );
  return { ...address, change };
}

function encode(text: string): string {
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replaceAll(/%(2C|3A|24|40)/g, (code) => decodeURIComponent(code));
}
