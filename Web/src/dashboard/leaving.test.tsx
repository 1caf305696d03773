import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { api, mints, signedIn } from '../testing/api';
import { embeds, standing } from '../testing/fakeSdk';
import { renderApp } from '../testing/renderApp';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

const chunk = vi.hoisted(() => Promise.withResolvers<void>());
vi.mock('../audit/AuditPage', async (original) => {
  await chunk.promise;
  return await original();
});

beforeEach(() => {
  embeds.length = 0;
  signedIn();
  mints();
  api.use(http.get('/api/audit', () => HttpResponse.json({ events: [], next: null })));
  vi.spyOn(window, 'scrollTo').mockImplementation(() => undefined);
  window.history.replaceState(null, '', '/dashboards/clinic');
});

describe('leaving a dashboard', () => {
  it('is not undone by what the dashboard tells while the next page loads', async () => {
    renderApp();
    await waitFor(() => expect(standing()).toBeDefined());
    const embed = standing()!;
    embed.draw();
    await waitFor(() => expect(screen.queryByRole('progressbar')).not.toBeInTheDocument());

    await userEvent.click(screen.getByRole('link', { name: 'Audit' }));
    expect(window.location.pathname).toBe('/audit');
    embed.emitMasks({ 'NATIVE_FILTER-service': { filterState: { value: ['Eye Care'] } } });
    await act(() => new Promise((resolve) => setTimeout(resolve, 600)));
    expect(window.location.pathname).toBe('/audit');
    expect(window.location.search).toBe('');

    chunk.resolve();
    expect(await screen.findByRole('heading', { name: 'Audit' })).toBeInTheDocument();
    expect(window.location.pathname).toBe('/audit');
    expect(window.scrollTo).toHaveBeenCalledExactlyOnceWith(0, 0);
    expect(screen.getByRole('main')).toHaveFocus();
  });
});
