import { act, screen, waitFor } from '@testing-library/react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EmbedFailure } from './failure';
import { standing } from './testing/fakeSdk';
import { tell } from './testing/page';
import { drawn, forget, show, stands } from './testing/show';
import { minting, refusal } from './testing/tokens';

vi.mock('@superset-ui/embedded-sdk', () => import('./testing/fakeSdk'));

beforeEach(forget);

describe('what the page in the frame is refused while it stands', () => {
  it('ends with the session, told once however many charts are refused', async () => {
    const [mint, onFailure] = [minting(), vi.fn<(failure: EmbedFailure) => void>()];
    show({ mint, onFailure });
    const embed = await drawn();
    const before = mint.mock.calls.length;
    mint.mockRejectedValue(refusal(401, 'not-signed-in'));

    act(() => Array.from({ length: 12 }).forEach(() => tell(embed, 401, 'no-guest-token')));

    await screen.findByRole('heading', { name: 'Your session has ended' });
    expect(mint).toHaveBeenCalledTimes(before + 1);
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ status: 401, code: 'not-signed-in' }));
    expect(embed.iframe.isConnected).toBe(false);
  });

  it('is shown anew as it was where another token can be had', async () => {
    show({ state: { filters: "(region:(v:'NSW'))" } });
    const embed = await drawn();

    act(() => tell(embed, 401, 'no-guest-token'));

    await waitFor(() => expect(standing()).not.toBe(embed));
    const next = await drawn();
    expect(next.dashboardUiConfig?.urlParams).toEqual(embed.dashboardUiConfig?.urlParams);
  });

  it('stays while the mint is away', async () => {
    const mint = minting();
    show({ mint });
    const embed = await drawn();
    const before = mint.mock.calls.length;
    mint.mockRejectedValueOnce(refusal(503, 'superset-unavailable'));

    act(() => tell(embed, 401, 'no-guest-token'));

    await waitFor(() => expect(mint).toHaveBeenCalledTimes(before + 1));
    await act(async () => undefined);
    expect(standing()).toBe(embed);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it.each([
    [403, 'forbidden', 'page-refused'],
    [503, 'superset-unavailable', 'superset-unavailable'],
  ])('is no dashboard where its own questions are answered %i before the charts have places', async (status, slug, code) => {
    const onFailure = vi.fn<(failure: EmbedFailure) => void>();
    show({ onFailure });
    const embed = await stands();
    await act(async () => embed.answer());

    act(() => tell(embed, status, slug));

    await screen.findByRole('alert');
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code }));
  });
});
