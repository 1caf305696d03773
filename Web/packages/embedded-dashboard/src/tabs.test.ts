import type { EmbeddedDashboard } from '@superset-ui/embedded-sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followTabs } from './tabs';

let end: AbortController;

function follow(getActiveTabs: () => Promise<string[]>) {
  const onChange = vi.fn<() => void>();
  followTabs({ getActiveTabs } as unknown as EmbeddedDashboard, end.signal, onChange);
  return onChange;
}

const look = () => vi.advanceTimersByTimeAsync(20_000);

beforeEach(() => {
  vi.useFakeTimers();
  end = new AbortController();
});

afterEach(() => end.abort());

describe('the tabs', () => {
  it('are told of when others open, and not those that are open first', async () => {
    let open: string[] = [];
    const onChange = follow(async () => open);
    await look();
    open = ['TAB-first', 'TAB-inner'];
    await look();
    open = ['TAB-inner', 'TAB-first'];
    await look();
    expect(onChange).not.toHaveBeenCalled();
    open = ['TAB-second'];
    await look();
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['unanswered', () => new Promise<string[]>(() => undefined)],
    ['refused', () => Promise.reject(new Error('refused'))],
  ])('are followed after a question that was %s', async (_, answer) => {
    let silent = false;
    let open = ['TAB-first'];
    const onChange = follow(() => (silent ? answer() : Promise.resolve(open)));
    await look();
    silent = true;
    await look();
    [silent, open] = [false, ['TAB-second']];
    await look();
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('are asked for no more once the frame is gone', async () => {
    const asked = vi.fn<() => Promise<string[]>>(async () => ['TAB-first']);
    follow(asked);
    await look();
    end.abort();
    const before = asked.mock.calls.length;
    await look();
    expect(asked).toHaveBeenCalledTimes(before);
  });
});
