import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EmbedFailure } from './failure';
import { type FakeEmbed, standing } from './testing/fakeSdk';
import { drawn, forget, show } from './testing/show';
import { answerWith, jwt, minting, refusal } from './testing/tokens';

vi.mock('@superset-ui/embedded-sdk', () => import('./testing/fakeSdk'));

beforeEach(forget);

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

  it('takes the dashboard away when a refresh is refused for good', async () => {
    const mint = minting();
    show({ mint });
    const embed = await drawn();
    mint.mockRejectedValueOnce(refusal(403, 'forbidden'));

    await act(() => expect(embed.fetchGuestToken()).rejects.toMatchObject({ status: 403 }));

    expect(await screen.findByRole('heading', { name: 'You do not have access' })).toBeInTheDocument();
    expect(embed.iframe.isConnected).toBe(false);
  });

  it('shows nobody what another person may see who signed in elsewhere in this browser', async () => {
    const mint = minting();
    const onFailure = vi.fn<(failure: EmbedFailure) => void>();
    show({ mint, onFailure });
    const embed = await drawn();
    mint.mockResolvedValueOnce(answerWith('clinic', jwt(300, 'next', 'another')));

    await act(() => expect(embed.fetchGuestToken()).rejects.toMatchObject({ code: 'person-changed' }));

    expect(await screen.findByRole('heading', { name: 'Somebody else has signed in' })).toBeInTheDocument();
    expect(embed.iframe.isConnected).toBe(false);
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 401 }));
  });

  it.each([
    ['a reload in the frame', (frame: FakeEmbed) => frame.iframe.dispatchEvent(new Event('load')), undefined],
    ['another state', undefined, { state: { filters: '(a:(v:b))' } }],
    ['another dashboard', undefined, { dashboardKey: 'revenue' }],
  ])('nor after %s, and offers no retry, which could not help', async (_, happen, props) => {
    const mint = minting();
    const view = show({ mint });
    const embed = await drawn();
    mint.mockImplementation(async (key) => answerWith(key, jwt(300, 'next', 'another')));

    act(() => void happen?.(embed));
    view.update({ mint, ...props });

    expect(await screen.findByRole('heading', { name: 'Somebody else has signed in' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
    expect(standing()).toBeUndefined();
  });

  it('nor after sleep', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const mint = minting(60);
    show({ mint });
    await drawn();
    mint.mockImplementation(async (key) => answerWith(key, jwt(300, 'next', 'another')));
    vi.setSystemTime(Date.now() + 120_000);

    document.dispatchEvent(new Event('visibilitychange'));
    await act(() => vi.advanceTimersByTimeAsync(15_000));

    expect(await screen.findByRole('heading', { name: 'Somebody else has signed in' })).toBeInTheDocument();
    expect(standing()).toBeUndefined();
  });

  it('asks the mint that the host gave last', async () => {
    const [first, next] = [minting(), minting()];
    const view = show({ mint: first });
    const embed = await drawn();
    const asked = first.mock.calls.length;
    view.update({ mint: next });

    await act(async () => void (await embed.fetchGuestToken()));

    expect(next).toHaveBeenCalledTimes(1);
    expect(first).toHaveBeenCalledTimes(asked);
  });
});
