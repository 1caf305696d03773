import type { EmbeddedDashboard } from '@superset-ui/embedded-sdk';
import { GRACE_MS, type Tokens } from './tokens.js';
import { pause, within } from './wait.js';

const ANSWER_MS = 10_000;

/**
 * After sleep, a lost network or a page that comes back from the browser's cache: the SDK's overdue timer brings a new
 * token by itself. Where it does not although one can be had, or where the page in the frame no longer answers, nothing
 * but a new frame helps: SDK 0.4.0 lets nobody hand it a token.
 */
export function watchWaking(embed: EmbeddedDashboard, tokens: Tokens, signal: AbortSignal, onDead: () => void): void {
  let watching = false;
  const look = async () => {
    if (watching || document.visibilityState !== 'visible' || !navigator.onLine) {
      return;
    }
    watching = true;
    try {
      await within(ANSWER_MS, signal, embed.getScrollSize(), () => new Error('silent'));
      if (tokens.isOver) {
        await pause(GRACE_MS, signal);
        if (tokens.isOver && (await tokens.canMint())) {
          onDead();
        }
      }
    } catch {
      if (!signal.aborted) {
        onDead();
      }
    } finally {
      watching = false;
    }
  };
  for (const [target, event] of [
    [document, 'visibilitychange'],
    [window, 'online'],
    [window, 'pageshow'],
  ] as const) {
    target.addEventListener(event, () => void look(), { signal });
  }
}
