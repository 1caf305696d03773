/** Runs `undo` when the signal is aborted, at once where it is already. */
export function onAbort(signal: AbortSignal, undo: () => void): void {
  if (signal.aborted) {
    undo();
  } else {
    signal.addEventListener('abort', undo, { once: true });
  }
}

/** Settles as `work` does; rejects with `late()` after so long, and as the signal says when it is aborted. */
export function within<T>(milliseconds: number, signal: AbortSignal, work: Promise<T>, late: () => Error): Promise<T> {
  return new Promise((resolve, reject) => {
    const over = new AbortController();
    const timer = setTimeout(() => end(() => reject(late())), milliseconds);
    const end = (settle: () => void) => {
      clearTimeout(timer);
      over.abort();
      settle();
    };
    signal.addEventListener('abort', () => end(() => reject(signal.reason)), { signal: over.signal });
    work.then(
      (value) => end(() => resolve(value)),
      (error: unknown) => end(() => reject(error)),
    );
    if (signal.aborted) {
      end(() => reject(signal.reason));
    }
  });
}

export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** Until somebody sees the page. */
export function seen(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.throwIfAborted();
    const look = () => document.visibilityState === 'visible' && resolve();
    document.addEventListener('visibilitychange', look, { signal });
    look();
  });
}

/** About as long, at random, so that not all who wait come back in the same moment; no less than `least`. */
export function about(milliseconds: number, least = 0): number {
  const spread = 0.6 * Math.random();
  return Math.max(milliseconds * (0.7 + spread), least * (1 + spread));
}

/** Calls `work` again and again while the page is seen, one call at a time, until the signal is aborted. */
export async function repeat(milliseconds: number, signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    if (document.visibilityState === 'visible') {
      await work();
    }
    await pause(milliseconds, signal);
  }
}
