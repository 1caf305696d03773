import { act } from '@testing-library/react';
import { vi } from 'vitest';

const PATIENCE_MS = 20_000;
const MACHINE = Date;

/** A clock that only the test moves, so that no machine is too slow for it; React's own turns are not of it. */
export const stopTime = () => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });

export const passTime = (milliseconds: number) => act(() => vi.advanceTimersByTimeAsync(milliseconds));

/** Waits for what takes none of that clock's time. */
export async function until<T>(look: () => T): Promise<T> {
  for (const end = MACHINE.now() + PATIENCE_MS; MACHINE.now() < end;) {
    await passTime(0);
    try {
      return look();
    } catch {
      // Not yet.
    }
  }
  return look();
}
