import type { EmbeddedDashboard } from '@superset-ui/embedded-sdk';
import { repeat } from './wait';

const LOOK_MS = 1_500;

/** Superset tells nobody that a tab was opened: this asks. The tabs that are open first, as soon as there are any, are no change. */
export function followTabs(embed: EmbeddedDashboard, signal: AbortSignal, onChange: () => void): void {
  let last: string | undefined;
  void repeat(LOOK_MS, signal, async () => {
    const open = await embed.getActiveTabs();
    if (open.length === 0) {
      return; // not laid out yet, or none to open
    }
    const tabs = JSON.stringify(open.toSorted());
    if (tabs !== last && last !== undefined && !signal.aborted) {
      onChange();
    }
    last = tabs;
  }).catch(() => undefined);
}
