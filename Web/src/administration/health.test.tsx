import { cleanup, screen, within } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { administrator, api, problem } from '../testing/api';
import { at } from './testing';

const dashboard = {
  key: 'clinic',
  title: 'Clinic overview',
  installed: true,
  enabled: true,
  answered: 1234,
  refused: 2,
  failed: 0,
  last_at: '2026-11-21T08:00:00Z',
};

describe('health', () => {
  it('shows each part and each dashboard', async () => {
    api.use(
      http.get('/api/admin/health', () =>
        HttpResponse.json({
          parts: [
            { name: 'superset', state: 'down', milliseconds: 3000 },
            { name: 'secrets', state: 'degraded', milliseconds: 0 },
            { name: 'renderer', state: 'absent', milliseconds: 0 },
          ],
          dashboards: [
            dashboard,
            { ...dashboard, key: 'b', title: 'B', answered: 3, failed: 1 },
            { ...dashboard, key: 'c', title: 'C', answered: 0, failed: 1 },
            { ...dashboard, key: 'd', title: 'D', enabled: false },
            { ...dashboard, key: 'e', title: 'E', installed: false, last_at: null },
          ],
        }),
      ),
    );
    at('/administration/health');
    const parts = within(await screen.findByRole('list', { name: 'Parts' })).getAllByRole('listitem');
    expect(parts.map(({ textContent }) => textContent)).toEqual(['SupersetDoes not answer3,000 ms', 'SecretsNeeds a look', 'Dashboards as filesNot set up']);
    const rows = screen
      .getAllByRole('row')
      .slice(1)
      .map((row) => within(row).getAllByRole('cell')[0]!.textContent);
    expect(rows).toEqual(['Works', 'Fails at times', 'Fails', 'Switched off', 'Not installed']);
    expect(screen.getAllByText('1,234').length).toBeGreaterThan(0);
    expect(screen.getByText('not within the hour')).toBeInTheDocument();
  });

  it.each([
    [0, 0, 0, 'Not asked', 'Nicht gefragt', 'none'],
    [0, 500, 0, 'Always refused', 'Immer abgelehnt', 'refused'],
    [4, 5, 0, 'Mostly refused', 'Meist abgelehnt', 'warned'],
    [5, 5, 0, 'Works', 'Läuft', 'allowed'],
    [0, 500, 1, 'Fails', 'Scheitert', 'refused'],
    [2, 500, 1, 'Fails at times', 'Scheitert zuweilen', 'warned'],
  ])('says of %i answered, %i refused and %i failed: %s', async (answered, refused, failed, english, german, kind) => {
    api.use(http.get('/api/admin/health', () => HttpResponse.json({ parts: [], dashboards: [{ ...dashboard, answered, refused, failed }] })));
    at('/administration/health');
    expect(await screen.findByText(english)).toHaveAttribute('data-kind', kind);
    cleanup();

    document.cookie = 'language=de; Path=/';
    at('/administration/health');
    expect(await screen.findByText(german)).toHaveAttribute('data-kind', kind);
  });

  it('is not told to be as it was where it cannot be asked', async () => {
    api.use(http.get('/api/admin/health', () => HttpResponse.json({ parts: [{ name: 'superset', state: 'up', milliseconds: 3 }], dashboards: [] })));
    at('/administration/health');
    expect(await screen.findByText('Works')).toBeInTheDocument();
    expect(screen.getByText(/^As of /)).toBeInTheDocument();
    expect(screen.getByText('No dashboard is installed yet.')).toBeInTheDocument();

    api.use(http.get('/api/admin/health', () => problem(503, 'database-unavailable')));
    window.dispatchEvent(new Event('visibilitychange'));
    expect(await screen.findByRole('heading', { name: 'The database is away' })).toBeInTheDocument();
    expect(screen.getByText(/^How it is now is not known/)).toBeInTheDocument();
    expect(screen.queryByText('Works')).not.toBeInTheDocument();
  });

  it('is not there for a clinic', async () => {
    at('/administration/health', administrator);
    expect(await screen.findByRole('heading', { name: 'There is nothing here' })).toBeInTheDocument();
  });
});
