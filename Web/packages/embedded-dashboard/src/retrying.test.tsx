import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type EmbeddedDashboardProps, PAUSES_MS } from './EmbeddedDashboard';
import { embeds, standing } from './testing/fakeSdk';
import { forget, show } from './testing/show';
import { minting, refusal } from './testing/tokens';
import { passTime, stopTime, until } from './testing/until';

vi.mock('@superset-ui/embedded-sdk', () => import('./testing/fakeSdk'));

beforeEach(forget);
afterEach(() => vi.restoreAllMocks());

/** Whatever chance makes of a pause, it is shorter. */
const longest = (pause: number) => pause * 1.3;

const heading = (name: string) => until(() => screen.getByRole('heading', { name }));

describe('what may pass', () => {
  it('is tried again by itself until it has passed', async () => {
    stopTime();
    const mint = minting();
    mint.mockRejectedValueOnce(refusal(503, 'superset-unavailable')).mockRejectedValueOnce(refusal(503, 'superset-unavailable'));
    show({ mint });
    expect(await until(() => screen.getByText('This page tries again by itself as well.'))).toBeInTheDocument();

    await passTime(longest(PAUSES_MS[0]!));
    expect(await heading('The dashboards are away')).toBeInTheDocument();
    await passTime(longest(PAUSES_MS[1]!));

    await until(() => expect(standing()).toBeDefined());
    standing()!.draw();
    await until(() => expect(screen.queryByRole('progressbar')).not.toBeInTheDocument());
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(mint).toHaveBeenCalledTimes(3);
  });

  it.each([
    [0, undefined, 3_500],
    [0.999, undefined, 6_497],
    [0, 60, 60_000],
    [0.5, 60, 78_000],
    [0, Infinity, 3_600_000],
    [0, -5, 3_500],
    [0, 'soon', 3_500],
  ])('is tried by nobody in step, and by none before the service said so: chance %d, %s s told', async (chance, retryAfter, after) => {
    stopTime();
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    const mint = minting();
    mint.mockRejectedValueOnce(Object.assign(refusal(429, 'too-many-requests'), { retryAfter }));
    show({ mint });
    await heading('A little too fast');
    const asked = mint.mock.calls.length;
    await passTime(after - 10);
    expect(mint).toHaveBeenCalledTimes(asked);
    await passTime(20);
    await until(() => expect(mint).toHaveBeenCalledTimes(asked + 1));
  });

  it('is tried as soon as somebody looks again', async () => {
    stopTime();
    const look = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
    const mint = minting();
    mint.mockRejectedValueOnce(Object.assign(refusal(503, 'superset-unavailable'), { retryAfter: 60 }));
    show({ mint });
    await heading('The dashboards are away');
    const asked = mint.mock.calls.length;
    await passTime(longest(10 * 60_000));
    expect(mint).toHaveBeenCalledTimes(asked);

    look.mockReturnValue('visible');
    document.dispatchEvent(new Event('visibilitychange'));
    await until(() => expect(mint).toHaveBeenCalledTimes(asked + 1));
  });

  it('is not tried before its time by looking, nor where it will not pass', async () => {
    stopTime();
    const away = minting();
    away.mockRejectedValueOnce(Object.assign(refusal(503, 'superset-unavailable'), { retryAfter: 60 }));
    const hidden = show({ mint: away });
    await heading('The dashboards are away');
    const asked = away.mock.calls.length;
    document.dispatchEvent(new Event('visibilitychange'));
    await passTime(59_000);
    expect(away).toHaveBeenCalledTimes(asked);
    hidden.unmount();
    await passTime(60_000);
    expect(away).toHaveBeenCalledTimes(asked);

    const refusing = vi.fn<EmbeddedDashboardProps['mint']>().mockRejectedValue(refusal(403, 'forbidden'));
    show({ mint: refusing });
    await heading('You do not have access');
    const before = refusing.mock.calls.length;
    await passTime(5 * longest(PAUSES_MS[0]!));
    expect(refusing).toHaveBeenCalledTimes(before);
    expect(screen.queryByText('This page tries again by itself as well.')).not.toBeInTheDocument();
  });

  it('leaves the focus with the dashboard that is tried again by hand', async () => {
    const mint = minting();
    mint.mockRejectedValueOnce(refusal(503, 'superset-unavailable'));
    show({ mint });
    const retry = await screen.findByRole('button', { name: 'Try again' });
    retry.focus();
    await userEvent.keyboard('{Enter}');
    await waitFor(() => expect(embeds.some(({ iframe }) => iframe.isConnected)).toBe(true));
    expect(screen.getByRole('region', { name: 'Clinic overview' })).toHaveFocus();
  });
});
