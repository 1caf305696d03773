import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { delay, http, HttpResponse } from 'msw';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { api, administrator, mints, overview, problem, signedIn } from '../testing/api';
import { standing } from '../testing/fakeSdk';
import { renderApp } from '../testing/renderApp';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

afterEach(() => vi.unstubAllGlobals());

/** Opens the person's menu and leaves by it. */
async function signOut() {
  await userEvent.click(await screen.findByRole('button', { name: /^Signed in as/ }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }));
}

describe('signed out', () => {
  it('offers the way in and nothing else', async () => {
    renderApp();

    const link = await screen.findByRole('link', { name: 'Sign in' });
    expect(link).toHaveAttribute('href', '/bff/login?returnUrl=%2F');
    expect(screen.queryByRole('button', { name: 'Sign out' })).not.toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    await waitFor(() => expect(document.title).toBe('Sign in · EmbedStack'));
  });

  it('comes back to the dashboard that the address names', async () => {
    window.history.replaceState(null, '', '/dashboards/revenue');
    renderApp();
    const link = await screen.findByRole('link', { name: 'Sign in' });
    expect(link).toHaveAttribute('href', '/bff/login?returnUrl=%2Fdashboards%2Frevenue');
  });

  it.each([
    ['/dashboards/clinic?filters=(service:(v:!(%27Eye+Care%27)))', '/dashboards/clinic?filters=(service:(v:!(%27Eye+Care%27)))'],
    ['/dashboards/clinic?filters=a%2520b', '/dashboards/clinic'],
    ['/dashboards/clinic?filters=//elsewhere', '/dashboards/clinic'],
    [`/dashboards/clinic?filters=${'x'.repeat(1000)}`, '/dashboards/clinic'],
  ])('comes back to %s as far as the Api takes it', async (address, back) => {
    window.history.replaceState(null, '', address);
    renderApp();
    const link = await screen.findByRole('link', { name: 'Sign in' });
    expect(link).toHaveAttribute('href', `/bff/login?returnUrl=${encodeURIComponent(back)}`);
  });

  it('comes back to where the person went meanwhile', async () => {
    window.history.replaceState(null, '', '/dashboards/revenue');
    window.history.pushState(null, '', '/audit');
    renderApp();
    const link = await screen.findByRole('link', { name: 'Sign in' });
    expect(link).toHaveAttribute('href', '/bff/login?returnUrl=%2Faudit');
    act(() => window.history.back());
    await waitFor(() => expect(link).toHaveAttribute('href', '/bff/login?returnUrl=%2Fdashboards%2Frevenue'));
  });

  it('says that a sign-in failed', async () => {
    window.history.replaceState(null, '', '/?signin=failed');
    renderApp();
    expect(await screen.findByRole('alert')).toHaveTextContent('The sign-in did not work');
    expect(screen.getByRole('link', { name: 'Sign in' })).toHaveAttribute('href', '/bff/login?returnUrl=%2F');
  });
});

describe('signed in', () => {
  it('shows the person and the clinic', async () => {
    signedIn();
    mints();
    renderApp();

    expect(await screen.findByText('Nora Admin')).toBeInTheDocument();
    expect(screen.getByText('Northside Specialist Clinic')).toBeInTheDocument();
    await waitFor(() => expect(document.title).toBe('Home · Northside Specialist Clinic'));
  });

  it('signs out by a guarded POST and goes where the answer says', async () => {
    signedIn();
    mints();
    const csrf = vi.fn<(value: string | null) => void>();
    api.use(
      http.post('/bff/logout', ({ request }) => {
        csrf(request.headers.get('X-CSRF'));
        return HttpResponse.json({ redirect: 'http://localhost:5183/realms/embedstack/logout', forget: 'http://127.0.0.1:5181/forget' });
      }),
    );
    const assign = vi.fn<(url: string) => void>();
    renderApp();
    await screen.findByText('Nora Admin');
    vi.stubGlobal('location', { ...window.location, assign });

    await signOut();

    // The embed's origin forgets first; it is not asked for long.
    await waitFor(() => expect(document.querySelector('iframe[hidden]')).toHaveAttribute('src', 'http://127.0.0.1:5181/forget'));
    expect(assign).not.toHaveBeenCalled();
    await waitFor(() => expect(assign).toHaveBeenCalledWith('http://localhost:5183/realms/embedstack/logout'));
    expect(csrf).toHaveBeenCalledWith('1');
  });

  it('says when signing out did not work', async () => {
    signedIn();
    mints();
    api.use(http.post('/bff/logout', () => problem(503, 'database-unavailable')));
    renderApp();

    await signOut();

    expect(await screen.findByText('Signing out did not work.')).toBeInTheDocument();
  });
});

describe('before it is known who is there', () => {
  it('shows that it loads', async () => {
    api.use(http.get('/bff/user', () => delay('infinite')));
    renderApp();
    expect(await screen.findByRole('status')).toHaveTextContent('Loading EmbedStack…');
  });

  it('repeats what may pass, then explains and lets the person retry', async () => {
    let asked = 0;
    api.use(
      http.get('/bff/user', () => {
        asked += 1;
        return asked <= 3 ? problem(503, 'identity-unavailable') : HttpResponse.json(administrator);
      }),
      http.get('/api/dashboards', () => HttpResponse.json({ dashboards: [overview] })),
    );
    mints();
    renderApp();

    expect(await screen.findByRole('heading', { name: 'The sign-in service is away' })).toBeInTheDocument();
    expect(asked).toBe(3);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Nora Admin')).toBeInTheDocument();
  });

  it.each([
    ['no-tenant', 'Your account has no clinic'],
    ['no-role', 'Your account has no role'],
  ])('explains %s and offers only to sign out', async (slug, heading) => {
    api.use(http.get('/bff/user', () => problem(403, slug)));
    renderApp();

    expect(await screen.findByRole('heading', { name: heading })).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Sign out' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });

  it('explains a network that is gone', async () => {
    api.use(http.get('/bff/user', () => HttpResponse.error()));
    renderApp();
    expect(await screen.findByRole('heading', { name: 'No connection' })).toBeInTheDocument();
  });
});

describe('somebody else', () => {
  it('who signs in by another tab is shown nothing of the person before', async () => {
    signedIn();
    mints();
    window.history.replaceState(null, '', '/dashboards/clinic');
    renderApp();
    expect(await screen.findByRole('link', { name: overview.title })).toBeInTheDocument();
    await waitFor(() => expect(standing()).toBeDefined());
    const before = standing()!;

    signedIn({ name: 'Omar', tenant: { key: 'harbour', name: 'Harbour Day Surgery' }, role: 'staff' }, [{ key: 'appointments', title: 'Appointments' }]);
    window.dispatchEvent(new Event('visibilitychange'));

    expect(await screen.findByRole('link', { name: 'Appointments' })).toBeInTheDocument();
    expect(screen.getAllByText('Harbour Day Surgery').length).toBeGreaterThan(0);
    expect(screen.queryByText('Northside Specialist Clinic')).not.toBeInTheDocument();
    expect(screen.queryByRole('link', { name: overview.title })).not.toBeInTheDocument();
    expect(before.iframe.isConnected).toBe(false);
  });

  it('who signs in by a window beside this one is answered nothing that this page asks for', async () => {
    const omar = { name: 'Omar', tenant: { key: 'harbour', name: 'Harbour Day Surgery' }, role: 'admin' };
    let there = { ...administrator, tag: 'nora' };
    const answered: string[] = [];
    const guarded = (request: Request, answer: () => Response) => {
      const named = request.headers.get('X-Person');
      if (named !== null && named !== there.tag) {
        return problem(401, 'person-changed');
      }
      answered.push(`${new URL(request.url).pathname} of ${there.tag} for ${named}`);
      return answer();
    };
    api.use(
      http.get('/bff/user', ({ request }) => {
        expect(request.headers.get('X-Person')).toBeNull();
        const { tag, ...user } = there;
        return HttpResponse.json(user, { headers: { 'X-Person': tag } });
      }),
      http.get('/api/dashboards', ({ request }) => guarded(request, () => HttpResponse.json({ dashboards: [overview] }))),
      http.get('/api/audit', ({ request }) => guarded(request, () => HttpResponse.json({ events: [], next: null }))),
    );
    renderApp();
    await screen.findByRole('link', { name: overview.title });

    there = { ...omar, tier: [], tag: 'omar' };
    await userEvent.click(screen.getByRole('link', { name: 'Audit' }));

    expect((await screen.findAllByText('Harbour Day Surgery')).length).toBeGreaterThan(0);
    expect(screen.queryByText('Northside Specialist Clinic')).not.toBeInTheDocument();
    await waitFor(() => expect(answered).toContain('/api/audit of omar for omar'));
    expect(answered.filter((each) => each.includes('of omar') && !each.endsWith('for omar'))).toEqual([]);
  });
});
