import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, mints, problem, signedIn } from '../testing/api';
import { embedDashboard, embeds } from '../testing/fakeSdk';
import { renderApp } from '../testing/renderApp';
import { PATIENCE_MS } from './mountDashboard';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

const refuse = (status: number, slug: string) =>
  api.use(http.post('/api/superset/guest-token', () => problem(status, slug)));

/** The embed that stands: the last that was begun and not taken back. */
async function standing() {
  await waitFor(() => expect(embeds.filter(({ iframe }) => iframe.isConnected)).toHaveLength(1));
  return embeds.findLast(({ iframe }) => iframe.isConnected)!;
}

beforeEach(() => {
  embeds.length = 0;
  embedDashboard.mockClear();
  signedIn();
});

afterEach(() => vi.useRealTimers());

describe('embedding', () => {
  it('embeds what the token names, with a referrer that Superset can check', async () => {
    const asked = mints();
    renderApp();

    const embed = await standing();
    expect(embed).toMatchObject({
      id: 'an-embedded-uuid',
      supersetDomain: 'http://127.0.0.1:5181',
      referrerPolicy: 'strict-origin-when-cross-origin',
      iframeTitle: 'Clinic overview',
    });
    expect(asked.at(-1)).toEqual({ body: { dashboard_key: 'clinic' }, csrf: '1' });
  });

  it('covers the frame until the page in it answers', async () => {
    mints();
    renderApp();
    const embed = await standing();
    expect(screen.getByRole('status')).toHaveTextContent('Loading Clinic overview…');

    embed.answer();

    await waitFor(() => expect(screen.queryByRole('status')).not.toBeInTheDocument());
    expect(embed.iframe.isConnected).toBe(true);
  });

  it('mints anew at each refresh and keeps no token', async () => {
    const asked = mints();
    renderApp();
    const embed = await standing();
    const before = asked.length;

    expect(await embed.fetchGuestToken()).toBe(`token-${before + 1}`);
    expect(await embed.fetchGuestToken()).toBe(`token-${before + 2}`);
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it('starts over when the page in the frame loads a second time', async () => {
    mints();
    renderApp();
    const first = await standing();
    first.answer();
    await waitFor(() => expect(screen.queryByRole('status')).not.toBeInTheDocument());

    act(() => void first.iframe.dispatchEvent(new Event('load')));

    const second = await standing();
    expect(second).not.toBe(first);
    await waitFor(() => expect(first.unmounts).toBe(1));
  });

  it('takes back everything it began', async () => {
    mints();
    const { unmount } = renderApp();
    await standing();

    unmount();

    await waitFor(() => expect(embeds.map(({ unmounts }) => unmounts)).toEqual(embeds.map(() => 1)));
    expect(embeds.some(({ iframe }) => iframe.isConnected)).toBe(false);
  });

  it('takes back an embed that settles after the end', async () => {
    mints();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const fake = embedDashboard.getMockImplementation()!;
    embedDashboard.mockImplementation(async (params) => {
      const handle = await fake(params);
      await held;
      return handle;
    });
    const { unmount } = renderApp();
    await standing();

    unmount();
    expect(embeds.every(({ unmounts }) => unmounts === 0)).toBe(true);
    release();

    await waitFor(() => expect(embeds.every(({ unmounts }) => unmounts === 1)).toBe(true));
    embedDashboard.mockImplementation(fake);
  });
});

describe('when it fails', () => {
  it.each([
    [403, 'forbidden', 'You do not have access', false],
    [404, 'unknown-dashboard', 'This dashboard does not exist', false],
    [409, 'uncovered-dataset', 'This dashboard cannot be shown safely', false],
    [502, 'superset-refused', 'The dashboards refused', true],
    [503, 'superset-unavailable', 'The dashboards are away', true],
    [503, 'catalogue-unavailable', 'The dashboards are not ready yet', true],
  ])('explains %i %s', async (status, slug, heading, retry) => {
    refuse(status, slug);
    renderApp();

    expect(await screen.findByRole('heading', { name: heading })).toBeInTheDocument();
    expect(screen.queryAllByRole('button', { name: 'Try again' })).toHaveLength(retry ? 1 : 0);
    expect(embedDashboard).not.toHaveBeenCalled();
  });

  it('explains an answer that is no problem document', async () => {
    api.use(http.post('/api/superset/guest-token', () => new HttpResponse('proxy error', { status: 500 })));
    renderApp();
    expect(await screen.findByRole('heading', { name: 'The service is away' })).toBeInTheDocument();
  });

  it('embeds after a retry', async () => {
    refuse(503, 'superset-unavailable');
    renderApp();
    const retry = await screen.findByRole('button', { name: 'Try again' });
    mints();

    await userEvent.click(retry);

    await standing();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('gives up on a page that never answers', async () => {
    mints();
    vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
    renderApp();
    const embed = await standing();

    await act(() => vi.advanceTimersByTimeAsync(PATIENCE_MS));

    expect(await screen.findByRole('heading', { name: 'The dashboard does not answer' })).toBeInTheDocument();
    expect(embed.iframe.isConnected).toBe(false);
    expect(embed.unmounts).toBe(1);
  });

  it('takes the dashboard away when a refresh is refused', async () => {
    mints();
    renderApp();
    const embed = await standing();
    embed.answer();
    refuse(403, 'forbidden');

    await act(() => expect(embed.fetchGuestToken()).rejects.toMatchObject({ status: 403 }));

    expect(await screen.findByRole('heading', { name: 'You do not have access' })).toBeInTheDocument();
    expect(embed.iframe.isConnected).toBe(false);
  });

  it('leaves the dashboard up when a refresh may succeed later', async () => {
    mints();
    renderApp();
    const embed = await standing();
    embed.answer();
    refuse(503, 'superset-unavailable');

    await act(() => expect(embed.fetchGuestToken()).rejects.toMatchObject({ status: 503 }));

    expect(embed.iframe.isConnected).toBe(true);
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('leads to the sign-in when the session has ended', async () => {
    mints();
    renderApp();
    const embed = await standing();
    embed.answer();
    refuse(401, 'not-signed-in');
    api.use(http.get('/bff/user', () => problem(401, 'not-signed-in')));

    await act(() => expect(embed.fetchGuestToken()).rejects.toMatchObject({ status: 401 }));

    expect(await screen.findByRole('link', { name: 'Sign in' })).toBeInTheDocument();
    expect(embed.iframe.isConnected).toBe(false);
  });
});
