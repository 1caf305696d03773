import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { administrator, api, mints, problem, signedIn } from '../testing/api';
import { embeds, standing } from '../testing/fakeSdk';
import { renderApp } from '../testing/renderApp';
import { setDark } from '../testing/scheme';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

const refuse = (status: number, slug: string) => api.use(http.post('/api/superset/guest-token', () => problem(status, slug)));

async function stands() {
  await waitFor(() => expect(embeds.filter(({ iframe }) => iframe.isConnected)).toHaveLength(1));
  return standing()!;
}

beforeEach(() => {
  embeds.length = 0;
  signedIn();
  window.history.replaceState(null, '', '/dashboards/clinic');
});

const filtered = {
  'NATIVE_FILTER-service': {
    extraFormData: { filters: [{ col: 'service_name', op: 'IN', val: ['Eye Care'] }] },
    filterState: { value: ['Eye Care'] },
  },
};

async function drawn() {
  const embed = await stands();
  embed.draw();
  await waitFor(() => expect(screen.queryByRole('progressbar')).not.toBeInTheDocument());
  return embed;
}

/** What it sets by then, it sets by itself. */
const opened = () => new Promise((resolve) => setTimeout(resolve, 1_600));

describe('its address', () => {
  const address = '/dashboards/clinic?filters=(service:(f:!(!(service_name,IN)),v:!(%27Eye+Care%27)))';
  const shown = () => window.location.pathname + window.location.search.replaceAll("'", '%27');

  it('has the filters, and back and forward lead through them', async () => {
    mints();
    renderApp();
    const embed = await drawn();
    await opened();

    embed.emitMasks(filtered);
    await waitFor(() => expect(shown()).toBe(address));
    expect(standing()).toBe(embed);

    act(() => window.history.back());
    await waitFor(() => expect(standing()).not.toBe(embed));
    expect((await stands()).dashboardUiConfig?.urlParams).toEqual({});

    act(() => window.history.forward());
    await waitFor(() => expect(standing()?.dashboardUiConfig?.urlParams).toHaveProperty('native_filters'));
    expect(shown()).toBe(address);
  });

  it('opens with what it has', async () => {
    window.history.replaceState(null, '', `${address}&permalink=abc`);
    mints();
    renderApp();
    expect((await stands()).dashboardUiConfig?.urlParams).toEqual({
      native_filters: expect.stringContaining("val:!('Eye Care')"),
      permalink_key: 'abc',
    });
  });

  it('lets nobody go back over what the dashboard set itself as it opened', async () => {
    mints();
    renderApp();
    const before = window.history.length;
    const embed = await drawn();
    embed.emitMasks(filtered);
    await waitFor(() => expect(shown()).toBe(address));
    expect(window.history.length).toBe(before);
  });

  it('gives the dashboard the whole window without another frame', async () => {
    mints();
    renderApp();
    const embed = await drawn();
    await userEvent.click(screen.getByRole('button', { name: 'Full screen' }));
    expect(window.location.search).toBe('?full=1');
    await userEvent.click(screen.getByRole('button', { name: 'Leave full screen' }));
    expect(window.location.search).toBe('');
    expect(standing()).toBe(embed);
  });

  it('is copied as a permalink', async () => {
    mints();
    const user = userEvent.setup();
    renderApp();
    const embed = await drawn();
    embed.tabs = ['TAB-a'];
    await user.click(screen.getByRole('button', { name: 'Copy link' }));
    expect(await screen.findByText('Link copied')).toBeInTheDocument();
    expect(await navigator.clipboard.readText()).toBe('http://localhost:5173/dashboards/clinic?permalink=link-TAB-a');
  });
});

describe('its theme', () => {
  it('follows the system, the person and the clinic', async () => {
    signedIn({ ...administrator, tenant: { ...administrator.tenant, accent: { light: '#8a1538', dark: '#d98aa3' } } });
    mints();
    renderApp();
    const embed = await drawn();
    expect(embed.told.at(-1)).toEqual(['mode', 'default']);
    expect(embed.told[0]![1]).toMatchObject({ theme_default: { token: { colorPrimary: '#8a1538' } }, theme_dark: { token: { colorPrimary: '#d98aa3' } } });
    expect(document.documentElement.style.getPropertyValue('--accent-light')).toBe('#8a1538');

    act(() => setDark(true));
    await waitFor(() => expect(embed.told.at(-1)).toEqual(['mode', 'dark']));

    await userEvent.click(screen.getByRole('button', { name: /^Signed in as/ }));
    await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Light' }));
    await waitFor(() => expect(embed.told.at(-1)).toEqual(['mode', 'default']));
    expect(document.documentElement.dataset.theme).toBe('light');
    expect(document.cookie).toContain('theme=light');
    expect(standing()).toBe(embed);
  });
});

describe('its language', () => {
  it('is the person’s', async () => {
    document.cookie = 'language=de; Path=/';
    mints();
    renderApp();
    expect((await stands()).dashboardUiConfig?.urlParams).toEqual({ _l_: 'de' });
  });
});

describe('a dashboard', () => {
  it('is embedded for whoever is signed in, by a guarded POST', async () => {
    const asked = mints();
    renderApp();

    const embed = await stands();
    expect(embed.id).toBe('embedded-clinic');
    await waitFor(() => expect(embed.iframe).toHaveAttribute('title', 'Clinic overview'));
    expect(asked.at(-1)).toEqual({ body: { dashboard_key: 'clinic' }, csrf: '1' });
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it('explains an answer that is no problem document', async () => {
    api.use(http.post('/api/superset/guest-token', () => new HttpResponse('proxy error', { status: 500 })));
    renderApp();
    expect(await screen.findByRole('heading', { name: 'The service is away' })).toBeInTheDocument();
  });

  it('explains what the Api refuses, and embeds after a retry', async () => {
    refuse(503, 'superset-unavailable');
    renderApp();
    const retry = await screen.findByRole('button', { name: 'Try again' });
    expect(screen.getByRole('heading', { name: 'The dashboards are away' })).toBeInTheDocument();
    mints();

    await userEvent.click(retry);

    await stands();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('leads to the sign-in when the session has ended', async () => {
    mints();
    renderApp();
    const embed = await stands();
    embed.draw();
    refuse(401, 'not-signed-in');
    api.use(http.get('/bff/user', () => problem(401, 'not-signed-in')));

    await act(() => expect(embed.fetchGuestToken()).rejects.toMatchObject({ status: 401 }));

    expect(await screen.findByRole('link', { name: 'Sign in' })).toBeInTheDocument();
    expect(embed.iframe.isConnected).toBe(false);
  });
});
