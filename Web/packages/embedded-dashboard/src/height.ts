import type { EmbeddedDashboard } from '@superset-ui/embedded-sdk';
import { pause, repeat, within } from './wait.js';

const LOOK_MS = 1_000;
const ANSWER_MS = 5_000;
/** A page that lays itself out anew is taller for a moment. */
const SETTLE_MS = 300;
/** Until the page in a frame has heard that this has another height: no answer says that it has. */
const RESIZE_MS = 500;
const STEP_MS = 25;
/** Growth beyond this is content. */
const MOST_OVERHANG = 100;

/** Where the browser's zoom rounds. */
const near = (one: number, other: number) => Math.abs(one - other) <= 1;

/**
 * Keeps the element as tall as the page in it, which may grow as charts load and tabs open, while that is wanted.
 *
 * With its filter bar open, Superset 6.1's page is taller than its frame by the same bit however tall that is: the part of
 * the bar that scrolls is `100vh` less another height than that of the bar's header. Growth that comes again as it was is
 * that: it is taken back, and left alone until it changes.
 * @returns Looks anew where the page may have become less: it says no less than the frame has.
 */
export function followHeight(embed: EmbeddedDashboard, element: HTMLElement, isWanted: () => boolean, signal: AbortSignal): () => void {
  let overhang = 0;
  let grown: { from: number; by: number } | undefined;
  let measuring = false;

  const ask = async () => {
    const silent = () => new Error('The page does not say how tall it is.');
    const { height } = await within(ANSWER_MS, signal, embed.getScrollSize(), silent).catch(() => ({ height: 0 }));
    return !signal.aborted && isWanted() && height > 0 ? height : undefined;
  };
  const set = (height: number) => (element.style.height = `${height}px`);
  const isOverhang = (by: number) => overhang > 0 && near(by, overhang);

  const look = async () => {
    let height = isWanted() && !measuring ? await ask() : undefined;
    const growth = () => (height ?? 0) - element.clientHeight;
    if (growth() > 0 && growth() <= MOST_OVERHANG && !isOverhang(growth())) {
      await pause(SETTLE_MS, signal);
      height = await ask();
    }
    const by = growth();
    if (height === undefined || measuring || isOverhang(by)) {
      return;
    }
    const from = element.clientHeight;
    const again = grown !== undefined && by > 0 && near(by, grown.by) && near(from, grown.from + grown.by);
    overhang = again ? by : 0;
    if (by !== 0) {
      set(again ? grown!.from : height);
    }
    grown = by > 0 && !again ? { from, by } : undefined;
  };

  /** What the page says in a frame of so many pixels; that it has heard of them shows where it says less than before. */
  const askAt = async (frame: HTMLElement, pixels: number, before: number) => {
    frame.style.height = `${pixels}px`;
    let height = await ask();
    for (const until = Date.now() + RESIZE_MS; height !== undefined && height >= before && Date.now() < until; height = await ask()) {
      await pause(STEP_MS, signal);
    }
    return height;
  };

  // The element keeps its height meanwhile. What is out of sight is taken from the frame first: that nobody sees.
  const measure = async (frame: HTMLElement) => {
    const present = element.clientHeight;
    const inSight = Math.max(0, Math.min(present, window.innerHeight - frame.getBoundingClientRect().top));
    let height = inSight < present ? await askAt(frame, inSight, present) : present;
    if (height !== undefined && height <= inSight + MOST_OVERHANG) {
      height = await askAt(frame, 0, height);
    }
    frame.style.removeProperty('height');
    if (height !== undefined) {
      set(height);
    }
    await pause(SETTLE_MS, signal);
  };

  void repeat(LOOK_MS, signal, look).catch(() => undefined);
  return () => {
    const frame = element.querySelector('iframe');
    if (frame && isWanted() && !measuring) {
      measuring = true;
      void measure(frame)
        .catch(() => frame.style.removeProperty('height'))
        .finally(() => (measuring = false));
    }
  };
}
