import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { administrator, api, problem, signedIn } from '../testing/api';
import { renderApp } from '../testing/renderApp';

const event = (kind: string, outcome: string) => ({
  at: '2026-11-21T08:00:00Z',
  kind,
  outcome,
  reason: null,
  person: '8672c018-0000-4000-8000-000000000000',
  tenant: 'northside',
  role: 'admin',
  dashboards: ['clinic'],
  address: '127.0.0.1',
  correlation_id: null,
});

/** Answers with one event a page and keeps what was asked. */
function audits(pages = 1) {
  const asked: string[] = [];
  api.use(
    http.get('/api/audit', ({ request }) => {
      const { search, searchParams } = new URL(request.url);
      asked.push(search);
      const page = Number(searchParams.get('cursor') || 1);
      return HttpResponse.json({ events: [event(page === 1 ? 'mint' : 'sign_in', 'refused')], next: page < pages ? `${page + 1}` : null });
    }),
  );
  return asked;
}

afterEach(() => vi.unstubAllGlobals());

beforeEach(() => {
  signedIn();
  window.history.replaceState(null, '', '/audit');
});

describe('audit', () => {
  it('shows what happened, page by page', async () => {
    audits(2);
    renderApp();
    expect(await screen.findByRole('cell', { name: 'Token made' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('cell', { name: 'Signed in' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Show more' })).not.toBeInTheDocument();
  });

  it('asks for what is filtered, keeps it in the address and exports the same', async () => {
    const asked = audits();
    renderApp();
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'Outcome' }), 'Refused');
    await waitFor(() => expect(asked.at(-1)).toBe('?outcome=refused'));
    await userEvent.type(screen.getByRole('textbox', { name: 'Dashboard' }), 'clinic{Enter}');
    await waitFor(() => expect(asked.at(-1)).toBe('?outcome=refused&dashboard=clinic'));
    expect(window.location.search).toBe('?outcome=refused&dashboard=clinic');
    // Whoever walks by keyboard goes on where they are.
    expect(screen.getByRole('textbox', { name: 'Dashboard' })).toHaveFocus();

    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    await waitFor(() => expect(window.location.search).toBe(''));
    expect(screen.getByRole('textbox', { name: 'Dashboard' })).toHaveValue('');
    expect(screen.getByRole('button', { name: 'Clear filters' })).toHaveFocus();
  });

  it('exports what is filtered, or says why not', async () => {
    audits();
    window.history.replaceState(null, '', '/audit?outcome=refused');
    renderApp();
    await screen.findByRole('cell', { name: 'Token made' });
    const assign = vi.fn<(url: string) => void>();
    vi.stubGlobal('location', { ...window.location, assign });
    await userEvent.click(screen.getByRole('button', { name: 'Export as CSV' }));
    await waitFor(() => expect(assign).toHaveBeenCalledExactlyOnceWith('/api/audit.csv?outcome=refused'));

    api.use(http.get('/api/audit', () => problem(429, 'too-many-requests')));
    await userEvent.click(screen.getByRole('button', { name: 'Export as CSV' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('A little too fast');
    expect(assign).toHaveBeenCalledTimes(1);
  });

  it('begins days where the browser is', async () => {
    const asked = audits();
    renderApp();
    await userEvent.type(await screen.findByLabelText('From'), '2026-11-21');
    await userEvent.tab();
    const instant = new Date(2026, 10, 21).toISOString();
    await waitFor(() => expect(asked.at(-1)).toBe(`?${new URLSearchParams({ from: instant })}`));
    expect(window.location.search).toBe('?from=2026-11-21');
    expect(screen.getByLabelText('Until, not included')).toHaveFocus();
    expect(screen.getByLabelText('Until, not included')).toHaveAttribute('min', '2026-11-21');
  });

  it('leads from a row to all of the same person', async () => {
    const asked = audits();
    renderApp();
    const person = '8672c018-0000-4000-8000-000000000000';
    await userEvent.click(await screen.findByRole('button', { name: `Only what ${person} did` }));
    await waitFor(() => expect(asked.at(-1)).toBe(`?person=${person}`));
    expect(screen.getByRole('textbox', { name: 'Person' })).toHaveValue(person);
  });

  it('keeps what it has where the next page does not come', async () => {
    audits(2);
    renderApp();
    await screen.findByRole('cell', { name: 'Token made' });
    api.use(http.get('/api/audit', () => problem(429, 'too-many-requests')));
    await userEvent.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('heading', { name: 'A little too fast' })).toBeInTheDocument();
    expect(screen.getByRole('cell', { name: 'Token made' })).toBeInTheDocument();
    audits(2);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('cell', { name: 'Signed in' })).toBeInTheDocument();
  });

  it('says that nothing matches', async () => {
    api.use(http.get('/api/audit', () => HttpResponse.json({ events: [], next: null })));
    renderApp();
    expect(await screen.findByText('Nothing matches.')).toBeInTheDocument();
  });

  it('explains a refusal, and leads to the sign-in when the session has ended', async () => {
    api.use(
      http.get('/api/audit', () => problem(401, 'not-signed-in')),
      http.get('/bff/user', () => problem(401, 'not-signed-in')),
    );
    signedIn(administrator);
    renderApp();
    expect(await screen.findByRole('heading', { name: 'Your session has ended' })).toBeInTheDocument();
    api.use(http.get('/bff/user', () => problem(401, 'not-signed-in')));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('link', { name: 'Sign in' })).toBeInTheDocument();
  });
});
