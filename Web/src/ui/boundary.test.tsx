import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { api, mints, problem, signedIn } from '../testing/api';
import { renderApp } from '../testing/renderApp';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

// As after an installation: the name that this page knows leads nowhere.
const gone = () => {
  throw new TypeError('Failed to fetch dynamically imported module');
};
vi.mock('../audit/AuditPage', () => gone());
vi.mock('../shell/PersonMenu', () => gone());
vi.mock('../administration/RevocationsPage', () => ({ default: () => gone() }));

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  signedIn();
  mints();
});

afterEach(() => vi.restoreAllMocks());

describe('code that does not come', () => {
  it('takes one page away, says what to do, and leaves the others', async () => {
    renderApp();
    await userEvent.click(await screen.findByRole('link', { name: 'Audit' }));
    expect(await screen.findByRole('heading', { name: 'A part of this page did not load' })).toBeInTheDocument();
    expect(screen.getByText(/a new version was installed/)).toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Reload the page' })).toBeInTheDocument();

    await userEvent.click(screen.getByRole('link', { name: 'Home' }));
    expect(await screen.findByRole('heading', { name: 'Hello, Nora Admin' })).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('takes one control away and leaves the page', async () => {
    renderApp();
    await userEvent.click(await screen.findByRole('button', { name: /^Signed in as/ }));
    expect(await screen.findByRole('alert')).toHaveTextContent('A part of this page did not load');
    expect(screen.getByRole('button', { name: 'Reload the page' })).toBeInTheDocument();
    expect(screen.getByRole('heading', { name: 'Hello, Nora Admin' })).toBeInTheDocument();
  });
});

describe('a page that breaks', () => {
  it('is told, and the way to another stays', async () => {
    renderApp();
    await userEvent.click(await screen.findByRole('link', { name: 'Revocations' }));
    expect(await screen.findByRole('heading', { name: 'Something went wrong' })).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Home' })).toBeInTheDocument();
  });
});

describe('what cannot be read again', () => {
  it('stays, and is told to be old', async () => {
    renderApp();
    expect(await screen.findByText('One dashboard is open to you.')).toBeInTheDocument();
    api.use(http.get('/api/dashboards', () => problem(503, 'database-unavailable')));
    window.dispatchEvent(new Event('visibilitychange'));

    expect(await screen.findByText(/This could not be read again/)).toBeInTheDocument();
    expect(screen.getByText('One dashboard is open to you.')).toBeInTheDocument();
    api.use(http.get('/api/dashboards', () => HttpResponse.json({ dashboards: [] })));
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByText(/This could not be read again/)).not.toBeInTheDocument());
    expect(screen.getByText(/There is no dashboard for your role yet/)).toBeInTheDocument();
  });
});
