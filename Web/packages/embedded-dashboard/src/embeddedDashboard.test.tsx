import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { StrictMode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE_MS } from './embed';
import { EmbeddedDashboard, type EmbeddedDashboardProps } from './EmbeddedDashboard';
import type { EmbedFailure } from './failure';
import { english } from './messages';
import { embedDashboard, embeds, standing } from './testing/fakeSdk';
import { jwt, minting, refusal } from './testing/tokens';

vi.mock('@superset-ui/embedded-sdk', () => import('./testing/fakeSdk'));

const fakeImplementation = embedDashboard.getMockImplementation()!;

function show(props: Partial<EmbeddedDashboardProps> = {}) {
  const tree = (more: Partial<EmbeddedDashboardProps> = {}) => (
    <StrictMode>
      <EmbeddedDashboard dashboardKey="clinic" title="Clinic overview" mint={minting()} {...props} {...more} />
    </StrictMode>
  );
  const view = render(tree());
  return { ...view, update: (more: Partial<EmbeddedDashboardProps>) => view.rerender(tree(more)) };
}

async function stands() {
  await waitFor(() => expect(embeds.filter(({ iframe }) => iframe.isConnected)).toHaveLength(1));
  return standing()!;
}

async function drawn() {
  const embed = await stands();
  embed.draw();
  await waitFor(() => expect(screen.queryByRole('progressbar')).not.toBeInTheDocument());
  return embed;
}

beforeEach(() => {
  embeds.length = 0;
  embedDashboard.mockReset().mockImplementation(fakeImplementation);
});

describe('embedding', () => {
  it('embeds what the token names, with a referrer that Superset can check', async () => {
    show();
    expect(await stands()).toMatchObject({
      id: 'embedded-clinic',
      supersetDomain: 'http://127.0.0.1:5181',
      referrerPolicy: 'strict-origin-when-cross-origin',
      iframeTitle: 'Clinic overview',
    });
  });

  it('covers the frame and says how far it is until the charts have places', async () => {
    show();
    const embed = await stands();
    expect(screen.getByRole('status')).toHaveTextContent('Loading Clinic overview… Opening the dashboard');

    embed.answer();
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Drawing the charts'));
    embed.draw();

    await waitFor(() => expect(screen.queryByRole('status')).not.toBeInTheDocument());
    expect(embed.iframe.isConnected).toBe(true);
  });

  it('mints for every token and keeps none', async () => {
    const mint = minting();
    show({ mint });
    const embed = await drawn();
    const before = mint.mock.calls.length;

    const tokens = [await embed.fetchGuestToken(), await embed.fetchGuestToken()];

    expect(mint.mock.calls.length).toBe(before + 2);
    expect(new Set(tokens).size).toBe(2);
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it('is as tall as the dashboard, and grows with it', async () => {
    show();
    const embed = await drawn();
    await waitFor(() => expect(embed.mountPoint.style.height).toBe('900px'));
    embed.height = 2400;
    await waitFor(() => expect(embed.mountPoint.style.height).toBe('2400px'), { timeout: 3_000 });
  });

  it('leaves the height to its place where it is told so', async () => {
    show({ height: 'fill' });
    const embed = await drawn();
    expect(embed.mountPoint.style.height).toBe('');
  });

  it('gives the frame the name that the host learns later', async () => {
    const view = show({ title: 'Dashboards' });
    const embed = await drawn();
    view.update({ title: 'Clinic overview' });
    expect(embed.iframe.title).toBe('Clinic overview');
    expect(standing()).toBe(embed);
  });

  it('shows several, each with tokens of its own', async () => {
    const mint = minting();
    render(
      <>
        <EmbeddedDashboard dashboardKey="clinic" title="Clinic" mint={mint} />
        <EmbeddedDashboard dashboardKey="revenue" title="Revenue" mint={mint} />
      </>,
    );
    await waitFor(() => expect(embeds.map(({ id }) => id).toSorted()).toEqual(['embedded-clinic', 'embedded-revenue']));
    expect(mint.mock.calls.map(([key]) => key).toSorted()).toEqual(['clinic', 'revenue']);
  });

  it('begins a new frame for another dashboard', async () => {
    const view = show();
    const first = await drawn();
    view.update({ dashboardKey: 'revenue', title: 'Revenue' });
    await waitFor(() => expect(standing()?.id).toBe('embedded-revenue'));
    expect(first.iframe.isConnected).toBe(false);
  });

  it('starts over when the page in the frame loads a second time', async () => {
    show();
    const first = await drawn();

    act(() => void first.iframe.dispatchEvent(new Event('load')));

    await waitFor(() => expect(standing()).not.toBe(first));
    expect(first.unmounts).toBe(1);
  });

  it('stops starting over where the page keeps reloading', async () => {
    show();
    for (let count = 0; count < 4; count += 1) {
      const embed = await drawn();
      act(() => void embed.iframe.dispatchEvent(new Event('load')));
    }
    expect(await screen.findByRole('heading', { name: 'The dashboard keeps reloading' })).toBeInTheDocument();
    expect(standing()).toBeUndefined();
  });
});

describe('theme', () => {
  const light = { token: { colorPrimary: '#0b5d66' } };
  const dark = { token: { colorPrimary: '#5cc4cf' } };

  it('is told before anything else, and again when it changes', async () => {
    const view = show({ theme: { mode: 'dark', light, dark } });
    const embed = await stands();
    await waitFor(() => expect(embed.told).toEqual([['config', { theme_default: light, theme_dark: { algorithm: 'dark', ...dark } }], ['mode', 'dark']]));
    expect(embed.iframe.style.colorScheme).toBe('dark');
    await drawn();

    view.update({ theme: { mode: 'light', light, dark } });

    await waitFor(() => expect(embed.told.at(-1)).toEqual(['mode', 'default']));
    expect(embed.iframe.style.colorScheme).toBe('light');
    expect(standing()).toBe(embed);
  });
});

describe('theme that changes while the dashboard opens', () => {
  it('is told as soon as it stands', async () => {
    const theme = { light: {}, dark: {} };
    const view = show({ theme: { mode: 'light', ...theme } });
    const embed = await stands();
    embed.answer();
    await waitFor(() => expect(embed.told.at(-1)).toEqual(['mode', 'default']));

    view.update({ theme: { mode: 'dark', ...theme } });
    await drawn();

    await waitFor(() => expect(embed.told.at(-1)).toEqual(['mode', 'dark']));
    expect(embed.iframe.style.colorScheme).toBe('dark');
  });
});

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

  it('does not trip over a text that is none', async () => {
    show({ state: { filters: '(((' } });
    expect((await stands()).dashboardUiConfig?.urlParams).toEqual({});
  });
});

describe('what can go wrong', () => {
  it.each(Object.keys(english.failures).filter((code) => !['forbidden', 'away', 'other'].includes(code)))('explains %s', async (code) => {
    show({ mint: vi.fn<EmbeddedDashboardProps['mint']>().mockRejectedValue(refusal(400, code)) });
    expect(await screen.findByRole('heading', { name: english.failures[code]!.heading })).toBeInTheDocument();
    expect(standing()).toBeUndefined();
  });

  it.each([
    [403, 'You do not have access', false],
    [401, 'Your session has ended', true],
    [500, 'The service is away', true],
    [418, 'Something went wrong', false],
  ])('explains an answer %i without a name', async (status, heading, canRetry) => {
    const onFailure = vi.fn<(failure: EmbedFailure) => void>();
    show({ mint: vi.fn<EmbeddedDashboardProps['mint']>().mockRejectedValue(refusal(status, '')), onFailure });
    expect(await screen.findByRole('heading', { name: heading })).toBeInTheDocument();
    expect(screen.queryAllByRole('button', { name: 'Try again' })).toHaveLength(canRetry ? 1 : 0);
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status }));
  });

  it('embeds after a retry', async () => {
    const mint = minting();
    mint.mockRejectedValueOnce(refusal(503, 'superset-unavailable'));
    show({ mint });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    await stands();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it.each([
    ['not.a.jwt', 'The dashboard could not be opened'],
    [jwt(-400, 'old'), 'The clock of this device is wrong'],
  ])('explains a token that cannot be used', async (token, heading) => {
    const mint = minting();
    show({ mint: async (key, signal) => ({ ...(await mint(key, signal)), token }) });
    expect(await screen.findByRole('heading', { name: heading })).toBeInTheDocument();
  });

  it.each([
    [false, 'The dashboard cannot be reached'],
    [true, 'The dashboard does not answer'],
  ])('gives up on a page that never answers (loaded: %s)', async (loads, heading) => {
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
    show();
    const embed = await stands();
    if (loads) {
      embed.iframe.dispatchEvent(new Event('load'));
    }

    await act(() => vi.advanceTimersByTimeAsync(PATIENCE_MS));

    expect(await screen.findByRole('heading', { name: heading })).toBeInTheDocument();
    expect(embed.iframe.isConnected).toBe(false);
    expect(embed.unmounts).toBe(1);
  });

  it('names the host’s own policy where that keeps the frame out', async () => {
    show();
    await stands();
    const violation = Object.assign(new Event('securitypolicyviolation'), { effectiveDirective: 'frame-src', blockedURI: 'http://127.0.0.1:5181/embedded/x' });
    act(() => void document.dispatchEvent(violation));
    expect(await screen.findByRole('heading', { name: 'This page may not show dashboards' })).toBeInTheDocument();
  });

  it('shows what stands in the frame where the charts take too long', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    show();
    (await stands()).answer();
    await act(() => vi.advanceTimersByTimeAsync(21_000));
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  });

  it('takes the dashboard away when a refresh is refused for good', async () => {
    const mint = minting();
    show({ mint });
    const embed = await drawn();
    mint.mockRejectedValueOnce(refusal(403, 'forbidden'));

    await act(() => expect(embed.fetchGuestToken()).rejects.toMatchObject({ status: 403 }));

    expect(await screen.findByRole('heading', { name: 'You do not have access' })).toBeInTheDocument();
    expect(embed.iframe.isConnected).toBe(false);
  });
});

describe('tokens over time', () => {
  it('leaves the dashboard up while a refresh may succeed later, says when it is out of date, and takes that back', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const mint = minting(60);
    show({ mint });
    const embed = await drawn();
    mint.mockRejectedValueOnce(refusal(503, 'superset-unavailable'));
    await act(() => expect(embed.fetchGuestToken()).rejects.toMatchObject({ status: 503 }));
    expect(embed.iframe.isConnected).toBe(true);
    expect(screen.queryByRole('status')).not.toBeInTheDocument();

    await act(() => vi.advanceTimersByTimeAsync(75_000));
    expect(screen.getByRole('status')).toHaveTextContent('The connection was lost');

    await act(() => embed.fetchGuestToken());
    await waitFor(() => expect(screen.queryByRole('status')).not.toBeInTheDocument());
    expect(standing()).toBe(embed);
  });

  it.each(['visibilitychange', 'online', 'pageshow'])('begins a new frame after %s where the token ended and the SDK brought none', async (event) => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    show({ mint: minting(60) });
    const embed = await drawn();
    vi.setSystemTime(Date.now() + 120_000);

    (event === 'visibilitychange' ? document : window).dispatchEvent(new Event(event));
    await act(() => vi.advanceTimersByTimeAsync(15_000));

    await waitFor(() => expect(standing()).not.toBe(embed));
    expect(standing()?.iframe.isConnected).toBe(true);
  });

  it('keeps the frame after sleep where the SDK brought a token itself', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    show({ mint: minting(60) });
    const embed = await drawn();
    vi.setSystemTime(Date.now() + 120_000);

    document.dispatchEvent(new Event('visibilitychange'));
    await act(async () => void (await embed.fetchGuestToken()));
    await act(() => vi.advanceTimersByTimeAsync(15_000));

    expect(standing()).toBe(embed);
  });
});

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
