import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE_MS, SILENCE_MS } from './embed';
import type { EmbeddedDashboardProps } from './EmbeddedDashboard';
import type { EmbedFailure } from './failure';
import { english, explain } from './messages';
import { embedDashboard, standing } from './testing/fakeSdk';
import { tell } from './testing/page';
import { drawn, forget, show, stands } from './testing/show';
import { jwt, minting, refusal } from './testing/tokens';

vi.mock('@superset-ui/embedded-sdk', () => import('./testing/fakeSdk'));

beforeEach(forget);

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

    await act(() => vi.advanceTimersByTimeAsync(loads ? SILENCE_MS : PATIENCE_MS));

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

  it('goes by names of its own alone', () => {
    expect(explain({ code: 'constructor', status: 503 })).toBe(english.failures.away);
  });

  it.each([
    undefined,
    'eyJ',
    { error: 'Who are you?' },
    { token: jwt(300, 'one') },
    { token: jwt(300, 'one'), dashboards: { key: 'clinic' } },
    { token: jwt(300, 'one'), dashboards: [{ key: 'clinic', embedded_id: 'a', domain: '/superset' }] },
  ])('explains a mint that answers otherwise, and asks for no other: %j', async (answer) => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const mint = vi.fn<(key: string) => Promise<unknown>>().mockResolvedValue(answer);
    const onFailure = vi.fn<(failure: EmbedFailure) => void>();
    show({ mint: mint as unknown as EmbeddedDashboardProps['mint'], onFailure });
    expect(await screen.findByRole('heading', { name: 'The dashboard could not be opened' })).toBeInTheDocument();
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: 'token-malformed', mayPass: false }));
    const asked = mint.mock.calls.length;
    await act(() => vi.advanceTimersByTimeAsync(60_000));
    expect(mint).toHaveBeenCalledTimes(asked);
  });

  it('does not take a fault of the page for a lost network', async () => {
    embedDashboard.mockRejectedValue(new TypeError('x is undefined'));
    show();
    expect(await screen.findByRole('heading', { name: 'Something went wrong' })).toBeInTheDocument();
    expect(screen.queryByText('This page tries again by itself as well.')).not.toBeInTheDocument();
  });

  it.each([new TypeError('Failed to fetch'), new DOMException('Too late', 'TimeoutError')])('takes what fetch throws for a lost network: %s', async (error) => {
    show({ mint: vi.fn<EmbeddedDashboardProps['mint']>().mockRejectedValue(error) });
    expect(await screen.findByRole('heading', { name: 'No connection' })).toBeInTheDocument();
  });

  it('shows what stands in the frame where the charts take too long', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    show();
    (await stands()).answer();
    await act(() => vi.advanceTimersByTimeAsync(21_000));
    expect(screen.queryByRole('progressbar')).not.toBeInTheDocument();
  });
});

describe('a page that is not the dashboard', () => {
  it.each([
    [503, 'superset-unavailable', 'The dashboards are away', 1],
    [503, 'superset-busy', 'Many people look at dashboards', 1],
    [429, 'too-many-requests', 'A little too fast', 1],
    [500, 'unheard-of', 'The service is away', 1],
    [404, 'not-found', 'The dashboard’s page is not open to this site', 1],
    [403, 'forbidden', 'The dashboard’s page is not open to this site', 1],
  ])('says at once why: %i %s', async (status, slug, heading, buttons) => {
    show();
    const embed = await stands();
    act(() => tell(embed, status, slug));
    expect(await screen.findByRole('heading', { name: heading })).toBeInTheDocument();
    expect(screen.getAllByRole('button', { name: 'Try again' })).toHaveLength(buttons);
    expect(embed.iframe.isConnected).toBe(false);
  });

  it('is heard from its own frame and origin alone', async () => {
    show();
    const embed = await stands();
    act(() => {
      tell(embed, 503, 'superset-unavailable', { origin: 'http://localhost:5173' });
      tell(embed, 503, 'superset-unavailable', { source: window });
      window.dispatchEvent(new MessageEvent('message', { data: null, origin: 'http://127.0.0.1:5181', source: embed.iframe.contentWindow }));
    });
    await drawn();
    expect(standing()).toBe(embed);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });
});
