import { act, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { PATIENCE_MS } from './embed';
import type { EmbeddedDashboardProps } from './EmbeddedDashboard';
import type { EmbedFailure } from './failure';
import { english } from './messages';
import { standing } from './testing/fakeSdk';
import { forget, show, stands } from './testing/show';
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
});
