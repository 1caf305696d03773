import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { administrator, api, mints, overview, problem, signedIn } from '../testing/api';
import { embeds } from '../testing/fakeSdk';
import { renderApp } from '../testing/renderApp';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

const revenue = { key: 'revenue', title: 'Revenue' };

const shown = (title: string) => waitFor(() => expect(embeds.filter(({ iframe }) => iframe.isConnected).map(({ iframe }) => iframe.title)).toEqual([title]));

beforeEach(() => {
  embeds.length = 0;
  signedIn(administrator, [overview, revenue]);
  mints();
});

describe('home', () => {
  it('shows what is open to this person', async () => {
    renderApp();
    await screen.findByText('2 dashboards are open to you.');
    const content = within(screen.getByRole('main'));
    expect(content.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/dashboards/clinic', '/dashboards/revenue']);
  });

  it('says so where there is nothing', async () => {
    signedIn(administrator, []);
    renderApp();
    expect(await screen.findByText(/There is no dashboard for your role yet/)).toBeInTheDocument();
  });

  it('explains a list that does not come', async () => {
    api.use(http.get('/api/dashboards', () => problem(503, 'database-unavailable')));
    renderApp();
    expect(await screen.findByRole('heading', { name: 'The database is away' })).toBeInTheDocument();
    signedIn(administrator, [overview]);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('One dashboard is open to you.')).toBeInTheDocument();
  });
});

describe('the way around', () => {
  it('leads from one dashboard to the next, and back', async () => {
    renderApp();
    const nav = within(await screen.findByRole('navigation', { name: 'Main' }));
    await userEvent.click(await nav.findByRole('link', { name: 'Clinic overview' }));
    await shown('Clinic overview');
    expect(nav.getByRole('link', { name: 'Clinic overview' })).toHaveAttribute('aria-current', 'page');

    await userEvent.click(nav.getByRole('link', { name: 'Revenue' }));
    await shown('Revenue');
    expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('Revenue');

    act(() => window.history.back());
    await shown('Clinic overview');
  });

  it.each([
    ['clinician', []],
    ['admin', ['Revocations', 'Audit']],
    ['network', ['Clinics', 'Entitlements', 'Revocations', 'Audit']],
  ])('shows a %s what is theirs', async (role, pages) => {
    signedIn({ ...administrator, role }, [overview]);
    renderApp();
    await screen.findByRole('link', { name: 'Clinic overview' });
    const all = ['Clinics', 'Entitlements', 'Revocations', 'Audit'];
    expect(all.filter((name) => screen.queryByRole('link', { name }) !== null)).toEqual(pages);
  });

  it('leads nowhere for an address that is not theirs', async () => {
    window.history.replaceState(null, '', '/administration/clinics');
    renderApp();
    expect(await screen.findByRole('heading', { name: 'There is nothing here' })).toBeInTheDocument();
  });

  it('explains a dashboard that is not for this person', async () => {
    window.history.replaceState(null, '', '/dashboards/network');
    api.use(http.post('/api/superset/guest-token', () => problem(404, 'unknown-dashboard')));
    renderApp();
    expect(await screen.findByRole('heading', { name: 'This dashboard does not exist' })).toBeInTheDocument();
  });
});

describe('language', () => {
  it('is the browser’s, and the person’s once chosen', async () => {
    renderApp();
    await userEvent.click(await screen.findByRole('button', { name: /^Signed in as/ }));
    await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Deutsch' }));

    expect(await screen.findByText('2 Dashboards stehen Ihnen offen.')).toBeInTheDocument();
    expect(document.documentElement.lang).toBe('de');
    expect(document.cookie).toContain('language=de');
  });
});
