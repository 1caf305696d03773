import type { EmbeddedDashboard } from '@superset-ui/embedded-sdk';
import { repeat, within } from './wait.js';

const LOOK_MS = 1_500;
const ANSWER_MS = 5_000;

/** Superset tells nobody that a tab was opened: this asks. The tabs that are open first, as soon as there are any, are no change. */
export function followTabs(embed: EmbeddedDashboard, signal: AbortSignal, onChange: () => void): void {
  let last: string | undefined;
  void repeat(LOOK_MS, signal, async () => {
    const silent = () => new Error('The page does not say which tabs are open.');
    const open = await within(ANSWER_MS, signal, embed.getActiveTabs(), silent).catch(() => []);
    if (open.length === 0) {
      return; // not laid out yet, none to open, or no answer
    }
    const tabs = JSON.stringify(open.toSorted());
    if (tabs !== last && last !== undefined && !signal.aborted) {
      onChange();
    }
    last = tabs;
  }).catch(() => undefined);
}
