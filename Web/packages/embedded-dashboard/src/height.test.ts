import type { EmbeddedDashboard } from '@superset-ui/embedded-sdk';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { followHeight } from './height';

const MINIMUM = 544;
const OVERHANG = 18;
const OVERHANG_AT_FIRST = 71;
const LOOKS_MS = 5_000;

let end: AbortController;

/**
 * An element with the frame of a page as Superset 6.1 lays it out: as tall as its content, no less than its frame, a bit more
 * with the filter bar open, and still more for a moment after the frame's height has changed, of which it hears late.
 */
function page(content: number, barOpen = false) {
  const element = document.createElement('div');
  const frame = document.createElement('iframe');
  element.append(frame);
  const own = () => Math.max(parseFloat(element.style.height) || 0, MINIMUM);
  vi.spyOn(element, 'clientHeight', 'get').mockImplementation(own);
  let heard = own();
  let since = Date.now();
  setInterval(() => {
    const told = frame.style.height ? parseFloat(frame.style.height) : own();
    [heard, since] = [told, told === heard ? since : Date.now()];
  }, 60);
  const shown = { content, barOpen, element, heights: [] as number[], isWanted: true, isSilent: false, measure: () => {} };
  const getScrollSize = async () => {
    shown.heights.push(own());
    if (shown.isSilent) {
      await new Promise(() => undefined);
    }
    const overhang = Date.now() - since < 120 ? OVERHANG_AT_FIRST : OVERHANG;
    return { width: 1, height: Math.max(shown.content, heard > 0 && shown.barOpen ? heard + overhang : heard) };
  };
  shown.measure = followHeight({ getScrollSize } as unknown as EmbeddedDashboard, element, () => shown.isWanted, end.signal);
  return shown;
}

const look = () => vi.advanceTimersByTimeAsync(LOOKS_MS);

beforeEach(() => {
  vi.useFakeTimers();
  end = new AbortController();
});

afterEach(() => end.abort());

describe('the height', () => {
  it('follows the page as it grows', async () => {
    const shown = page(900);
    await look();
    expect(shown.element.clientHeight).toBe(900);
    shown.content = 2_400;
    await look();
    expect(shown.element.clientHeight).toBe(2_400);
  });

  it('stays where the page is always taller than its frame, and each time the filter bar opens again', async () => {
    const shown = page(2_100);
    await look();
    for (const barOpen of [true, false, true]) {
      shown.barOpen = barOpen;
      await look();
      expect(shown.element.clientHeight).toBe(2_100);
    }
    expect(Math.max(...shown.heights)).toBe(2_100 + OVERHANG);
    const before = shown.heights.length;
    await look();
    expect(new Set(shown.heights.slice(before))).toEqual(new Set([2_100]));
  });

  it('is the page’s where that opens with its bar', async () => {
    const shown = page(2_100, true);
    await look();
    expect(shown.element.clientHeight).toBe(2_100);
  });

  it.each([true, false])('grows and shrinks with another tab (bar open: %s)', async (barOpen) => {
    const shown = page(2_100, barOpen);
    await look();
    for (const content of [900, 3_000, 600, 700, 3_000, 2_900]) {
      shown.content = content;
      shown.measure();
      await look();
      expect(shown.element.clientHeight).toBe(content);
    }
  });

  it('stays where another tab is as tall, and takes nothing from sight', async () => {
    const shown = page(2_100, true);
    await look();
    const frame = shown.element.querySelector('iframe')!;
    const least: number[] = [];
    const watch = setInterval(() => least.push(frame.style.height ? parseFloat(frame.style.height) : Infinity), 5);
    shown.measure();
    await look();
    clearInterval(watch);
    expect(shown.element.clientHeight).toBe(2_100);
    expect(Math.min(...least)).toBe(window.innerHeight);
    expect(frame.style.height).toBe('');
  });

  it('is given back by a page that falls silent as it is looked at, and followed once it speaks', async () => {
    const shown = page(2_100);
    await look();
    const frame = shown.element.querySelector('iframe')!;
    shown.isSilent = true;
    shown.measure();
    expect(frame.style.height).not.toBe('');
    await look();
    expect(frame.style.height).toBe('');
    expect(shown.element.clientHeight).toBe(2_100);
    [shown.isSilent, shown.content] = [false, 2_500];
    await look();
    await look();
    expect(shown.element.clientHeight).toBe(2_500);
  });

  it('cuts nothing of a page that grows in steps of one size', async () => {
    const shown = page(1_000);
    for (const content of [1_100, 1_200, 1_300]) {
      await vi.advanceTimersByTimeAsync(1_000);
      shown.content = content;
    }
    await look();
    expect(shown.element.clientHeight).toBe(1_300);
  });

  it('is left alone where it is not wanted', async () => {
    const shown = page(2_100);
    shown.isWanted = false;
    await look();
    shown.measure();
    await look();
    expect(shown.heights).toHaveLength(1);
    expect(shown.element.style.height).toBe('');
  });
});
