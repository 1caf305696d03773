import { act, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { embedDashboard, embeds } from './testing/fakeSdk';
import { drawn, fakeImplementation, forget, show, stands } from './testing/show';

vi.mock('@superset-ui/embedded-sdk', () => import('./testing/fakeSdk'));

beforeEach(forget);

describe('the end', () => {
  it('takes back everything it began: frames, timers and listeners', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const listeners = new Map<string, number>();
    const count = (target: EventTarget) => {
      const add = target.addEventListener.bind(target);
      vi.spyOn(target, 'addEventListener').mockImplementation((type, listener, options) => {
        const signal = typeof options === 'object' ? options.signal : undefined;
        if (signal && !signal.aborted) {
          listeners.set(type, (listeners.get(type) ?? 0) + 1);
          signal.addEventListener('abort', () => listeners.set(type, listeners.get(type)! - 1));
        }
        add(type, listener, options);
      });
    };
    count(document);
    count(window);
    const { unmount } = show();
    const embed = await drawn();
    embed.emitMasks({});
    expect(vi.getTimerCount()).toBeGreaterThan(0);
    expect([...listeners.values()].some((left) => left > 0)).toBe(true);

    unmount();
    await act(() => vi.advanceTimersByTimeAsync(0));

    expect(embeds.map(({ unmounts }) => unmounts)).toEqual(embeds.map(() => 1));
    expect(vi.getTimerCount()).toBe(0);
    expect([...listeners].filter(([, left]) => left !== 0)).toEqual([]);
    vi.restoreAllMocks();
  });

  it('takes back an embed that settles after it', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    embedDashboard.mockImplementation(async (params) => {
      const handle = await fakeImplementation(params);
      await held;
      return handle;
    });
    const { unmount } = show();
    await stands();

    unmount();
    expect(embeds.every(({ unmounts }) => unmounts === 0)).toBe(true);
    release();

    await waitFor(() => expect(embeds.every(({ unmounts }) => unmounts === 1)).toBe(true));
  });
});
