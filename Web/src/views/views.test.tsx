import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api, mints, problem, signedIn } from '../testing/api';
import { embeds, standing } from '../testing/fakeSdk';
import { renderApp } from '../testing/renderApp';
import type { SavedView } from './views';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

const filters = "(period:(v:'Last year'))";
let kept: SavedView[] = [];

/** The Api's side: one view a name. */
function keepsViews() {
  api.use(
    http.get('/api/views', () => HttpResponse.json({ views: kept })),
    http.post('/api/views', async ({ request }) => {
      const view = { ...((await request.json()) as Omit<SavedView, 'id'>), id: `id-${kept.length}` };
      kept = [...kept.filter(({ name }) => name !== view.name), view];
      return request.headers.get('X-CSRF') === '1' ? HttpResponse.json(view) : problem(403, 'cross-site-request');
    }),
    http.delete('/api/views/:id', ({ params }) => {
      kept = kept.filter(({ id }) => id !== params.id);
      return new HttpResponse(null, { status: 204 });
    }),
  );
}

const opened = async () => {
  renderApp();
  await waitFor(() => expect(standing()).toBeDefined());
  await userEvent.click(await screen.findByRole('button', { name: 'Views' }));
  return within(await screen.findByRole('dialog', { name: 'Your views of this dashboard' }));
};

beforeEach(() => {
  embeds.length = 0;
  kept = [
    { id: 'a', dashboard: 'clinic', name: 'Last year', filters, permalink: null },
    { id: 'b', dashboard: 'revenue', name: 'Of another', filters: null, permalink: null },
  ];
  signedIn();
  mints();
  keepsViews();
});

describe('saved views', () => {
  it('open where they were saved', async () => {
    window.history.replaceState(null, '', '/dashboards/clinic?full=1');
    const views = await opened();
    const link = await views.findByRole('link', { name: 'Last year' });
    expect(views.queryByText('Of another')).not.toBeInTheDocument();

    await userEvent.click(link);

    expect(new URLSearchParams(window.location.search).get('filters')).toBe(filters);
    expect(new URLSearchParams(window.location.search).get('full')).toBe('1');
    await waitFor(() => expect(standing()?.dashboardUiConfig?.urlParams).toHaveProperty('native_filters'));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
  });

  it('keep what the address has', async () => {
    window.history.replaceState(null, '', `/dashboards/clinic?filters=${encodeURIComponent(filters)}&permalink=abc`);
    const views = await opened();
    await userEvent.type(views.getByRole('textbox', { name: 'Name' }), ' Mine {Enter}');
    expect(await views.findByText('Saved')).toBeInTheDocument();
    expect(kept.at(-1)).toMatchObject({ dashboard: 'clinic', name: 'Mine', filters, permalink: 'abc' });
    expect(await views.findByRole('link', { name: 'Mine' })).toBeInTheDocument();
  });

  it('are deleted', async () => {
    window.history.replaceState(null, '', '/dashboards/clinic');
    const views = await opened();
    await userEvent.click(await views.findByRole('button', { name: 'Delete: Last year' }));
    expect(await views.findByText('You have saved none yet.')).toBeInTheDocument();
    expect(kept.map(({ id }) => id)).toEqual(['b']);
    expect(screen.getByRole('dialog')).toHaveFocus();
  });

  it('close where the dashboard is clicked, and by Escape, which gives the focus back', async () => {
    window.history.replaceState(null, '', '/dashboards/clinic');
    await opened();
    standing()!.iframe.focus();
    act(() => void window.dispatchEvent(new Event('blur')));
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(standing()!.iframe).toHaveFocus();

    await userEvent.click(screen.getByRole('button', { name: 'Views' }));
    await screen.findByRole('dialog');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    expect(screen.getByRole('button', { name: 'Views' })).toHaveFocus();
  });

  it('say that there are too many', async () => {
    api.use(http.post('/api/views', () => problem(409, 'too-many-views')));
    window.history.replaceState(null, '', '/dashboards/clinic');
    const views = await opened();
    await userEvent.type(views.getByRole('textbox', { name: 'Name' }), 'One more{Enter}');
    expect(await views.findByRole('heading', { name: 'You keep as many views as you can' })).toBeInTheDocument();
    expect(views.getByRole('textbox', { name: 'Name' })).toHaveValue('One more');
  });
});
