import type { EmbeddedDashboard } from '@superset-ui/embedded-sdk';
import { repeat } from './wait';

const LOOK_MS = 1_000;

/**
 * Keeps the element as tall as the page in it, which may grow as charts load and tabs open.
 * @returns Looks anew where the page may have become less: it says no less than the frame has, so the frame has nothing
 * for a moment, in an element that keeps its height.
 */
export function followHeight(embed: EmbeddedDashboard, element: HTMLElement, signal: AbortSignal): () => void {
  const look = async () => {
    const { height } = await embed.getScrollSize();
    if (!signal.aborted && height > 0 && height !== element.clientHeight) {
      element.style.height = `${height}px`;
    }
  };
  void repeat(LOOK_MS, signal, look).catch(() => undefined);
  return () => {
    const frame = element.querySelector('iframe');
    if (frame) {
      frame.style.height = '0';
      void look().finally(() => frame.style.removeProperty('height'));
    }
  };
}
