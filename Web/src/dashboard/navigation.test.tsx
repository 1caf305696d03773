import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { administrator, api, mints, overview, problem, signedIn } from '../testing/api';
import { embeds } from '../testing/fakeSdk';
import { renderApp } from '../testing/renderApp';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

const revenue = { key: 'revenue', title: 'Revenue' };

async function shown(title: string) {
  await waitFor(() => expect(embeds.filter(({ iframe }) => iframe.isConnected).map(({ iframeTitle }) => iframeTitle)).toEqual([title]));
}

beforeEach(() => {
  embeds.length = 0;
  signedIn(administrator, [overview, revenue]);
});

afterEach(() => window.history.replaceState(null, '', '/'));

describe('dashboards', () => {
  it('begins with the first and links to all', async () => {
    mints();
    renderApp();

    await shown('Clinic overview');
    expect(screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('aria-current')])).toEqual([
      ['Clinic overview', '/dashboards/clinic', 'page'],
      ['Revenue', '/dashboards/revenue', null],
    ]);
  });

  it('opens the one that the address names', async () => {
    window.history.replaceState(null, '', '/dashboards/revenue');
    const asked = mints();
    renderApp();

    await shown('Revenue');
    expect(asked.at(-1)!.body).toEqual({ dashboard_key: 'revenue' });
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Revenue');
  });

  it('moves between them, back and forth', async () => {
    mints();
    renderApp();
    await shown('Clinic overview');

    await userEvent.click(screen.getByRole('link', { name: 'Revenue' }));
    await shown('Revenue');
    expect(window.location.pathname).toBe('/dashboards/revenue');

    act(() => window.history.back());
    await shown('Clinic overview');
  });

  it('explains a key that is not for this person', async () => {
    window.history.replaceState(null, '', '/dashboards/network');
    api.use(http.post('/api/superset/guest-token', () => problem(404, 'unknown-dashboard')));
    renderApp();
    expect(await screen.findByRole('heading', { name: 'This dashboard does not exist' })).toBeInTheDocument();
  });

  it('says so where there is none', async () => {
    signedIn(administrator, []);
    renderApp();
    expect(await screen.findByText(/There is no dashboard for your role yet/)).toBeInTheDocument();
  });

  it('explains a list that does not come', async () => {
    api.use(http.get('/api/dashboards', () => problem(503, 'database-unavailable')));
    renderApp();
    expect(await screen.findByRole('heading', { name: 'The database is away' })).toBeInTheDocument();
    mints();
    signedIn(administrator, [overview]);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await shown('Clinic overview');
    expect(screen.queryByRole('navigation')).not.toBeInTheDocument();
  });
});
