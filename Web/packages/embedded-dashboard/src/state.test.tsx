import { act, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EmbeddedDashboardProps } from './EmbeddedDashboard';
import { standing } from './testing/fakeSdk';
import { drawn, forget, show, stands } from './testing/show';

vi.mock('@superset-ui/embedded-sdk', () => import('./testing/fakeSdk'));

beforeEach(forget);

describe('state', () => {
  const filtered = {
    'NATIVE_FILTER-service': {
      id: 'NATIVE_FILTER-service',
      extraFormData: { filters: [{ col: 'service_name', op: 'IN', val: ['Eye Care'] }] },
      filterState: { value: ['Eye Care'], label: 'Eye Care' },
    },
    'NATIVE_FILTER-period': { filterState: {}, extraFormData: {} },
  };
  const text = "(service:(f:!(!(service_name,IN)),v:!('Eye Care')))";

  it('tells filters once they have settled', async () => {
    const onStateChange = vi.fn<NonNullable<EmbeddedDashboardProps['onStateChange']>>();
    show({ onStateChange });
    const embed = await drawn();
    embed.emitMasks({});
    embed.emitMasks(filtered);
    await waitFor(() => expect(onStateChange).toHaveBeenCalledTimes(1));
    expect(onStateChange).toHaveBeenCalledWith({ filters: text }, true);
  });

  it('tells what somebody sets from what the dashboard sets itself as it opens', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const onStateChange = vi.fn<NonNullable<EmbeddedDashboardProps['onStateChange']>>();
    show({ onStateChange });
    const embed = await drawn();
    await act(() => vi.advanceTimersByTimeAsync(2_000));
    embed.emitMasks(filtered);
    await act(() => vi.advanceTimersByTimeAsync(500));
    expect(onStateChange).toHaveBeenCalledExactlyOnceWith({ filters: text }, false);
  });

  it('begins with the filters it is given, whole again', async () => {
    show({ state: { filters: text } });
    const embed = await stands();
    expect(embed.dashboardUiConfig?.urlParams).toEqual({
      native_filters:
        "(NATIVE_FILTER-service:(extraFormData:(filters:!((col:service_name,op:IN,val:!('Eye Care')))),filterState:(label:'Eye Care',value:!('Eye Care')),id:NATIVE_FILTER-service,ownState:()))",
    });
  });

  it('keeps its frame where the host only repeats what it was told', async () => {
    const view = show({ state: {} });
    const embed = await drawn();
    embed.emitMasks(filtered);
    await new Promise((resolve) => setTimeout(resolve, 400));
    view.update({ state: { filters: text } });
    expect(standing()).toBe(embed);

    view.update({ state: {} });
    await waitFor(() => expect(standing()).not.toBe(embed));
    expect((await stands()).dashboardUiConfig?.urlParams).toEqual({});
  });

  it('keeps filters over a reload', async () => {
    show();
    const embed = await drawn();
    embed.emitMasks(filtered);
    await new Promise((resolve) => setTimeout(resolve, 400));
    act(() => void embed.iframe.dispatchEvent(new Event('load')));
    await waitFor(() => expect(standing()?.dashboardUiConfig?.urlParams).toHaveProperty('native_filters'));
  });

  it('tells a tab as a permalink', async () => {
    const onStateChange = vi.fn<NonNullable<EmbeddedDashboardProps['onStateChange']>>();
    show({ onStateChange });
    const embed = await drawn();
    embed.tabs = ['TAB-second'];
    await waitFor(() => expect(onStateChange).toHaveBeenCalledWith({ permalink: 'link-TAB-second' }, expect.any(Boolean)), { timeout: 4_000 });
  });

  it('says that filters were cleared that a permalink would bring back', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const onStateChange = vi.fn<NonNullable<EmbeddedDashboardProps['onStateChange']>>();
    show({ state: { permalink: 'kept' }, onStateChange });
    const embed = await drawn();
    embed.emitMasks({});
    await act(() => vi.advanceTimersByTimeAsync(500));
    expect(onStateChange).not.toHaveBeenCalled();

    embed.emitMasks(filtered);
    await act(() => vi.advanceTimersByTimeAsync(500));
    embed.emitMasks({});
    await act(() => vi.advanceTimersByTimeAsync(500));
    expect(onStateChange.mock.lastCall![0]).toEqual({ permalink: 'kept', filters: '()' });
  });

  it('begins without the filters of a permalink where none were left', async () => {
    show({ state: { permalink: 'kept', filters: '()' } });
    expect((await stands()).dashboardUiConfig?.urlParams).toEqual({ permalink_key: 'kept', native_filters: '()' });
  });

  it('takes the tabs that are laid out late for the first, and tells the next', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const onStateChange = vi.fn<NonNullable<EmbeddedDashboardProps['onStateChange']>>();
    show({ onStateChange });
    const embed = await stands();
    embed.tabs = [];
    await drawn();
    await act(() => vi.advanceTimersByTimeAsync(4_000));
    embed.tabs = ['TAB-first'];
    await act(() => vi.advanceTimersByTimeAsync(4_000));
    expect(onStateChange).not.toHaveBeenCalled();

    embed.tabs = ['TAB-second'];
    await act(() => vi.advanceTimersByTimeAsync(4_000));
    expect(onStateChange).toHaveBeenCalledExactlyOnceWith({ permalink: 'link-TAB-second' }, false);
  });

  it('does not trip over a text that is none', async () => {
    show({ state: { filters: '(((' } });
    expect((await stands()).dashboardUiConfig?.urlParams).toEqual({});
  });
});
