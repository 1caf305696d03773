import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { administrator, api, problem, signedIn } from '../testing/api';
import { renderApp } from '../testing/renderApp';

const leadership = { name: 'Helen', tenant: { key: 'sydney-network', name: 'Sydney Specialist Network' }, role: 'network' };
const sent = vi.fn<(method: string, path: string, body: unknown, headers: Headers) => void>();

/** Takes every change there is, and keeps it. */
function takes(method: 'post' | 'put' | 'delete', path: string, answer = () => new HttpResponse(null, { status: 204 })) {
  api.use(
    http[method](path, async ({ request }) => {
      const text = await request.text();
      sent(request.method, new URL(request.url).pathname, text ? JSON.parse(text) : null, request.headers);
      return answer();
    }),
  );
}

const at = (path: string, user = leadership) => {
  signedIn(user, [{ key: 'network', title: 'Network performance' }]);
  window.history.replaceState(null, '', path);
  renderApp();
};

beforeEach(() => sent.mockReset());

describe('clinics', () => {
  const tenants = [
    { key: 'northside', name: 'Northside', kind: 'clinic', isolation: 'shared', enabled: true },
    { key: 'harbour', name: 'Harbour', kind: 'clinic', isolation: 'schema', enabled: false },
    { key: 'sydney-network', name: 'The Network', kind: 'network', isolation: 'schema', enabled: true },
  ];

  beforeEach(() => api.use(http.get('/api/admin/tenants', () => HttpResponse.json({ tenants }))));

  it('are disabled after a question', async () => {
    takes('post', '/api/admin/tenants/:key/:action');
    at('/administration/clinics');
    await userEvent.click(await screen.findByRole('button', { name: 'Disable: Northside' }));
    const dialog = within(await screen.findByRole('alertdialog', { name: 'Disable Northside?' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(sent).not.toHaveBeenCalled();

    await userEvent.click(await screen.findByRole('button', { name: 'Disable: Northside' }));
    await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Disable' }));
    await waitFor(() => expect(sent).toHaveBeenCalledTimes(1));
    expect(sent.mock.calls[0]!.slice(0, 2)).toEqual(['POST', '/api/admin/tenants/northside/disable']);
    expect(sent.mock.calls[0]![3].get('X-CSRF')).toBe('1');
  });

  it('are enabled at once, and nobody can lock themselves out', async () => {
    takes('post', '/api/admin/tenants/:key/:action');
    at('/administration/clinics');
    await userEvent.click(await screen.findByRole('button', { name: 'Enable: Harbour' }));
    await waitFor(() => expect(sent.mock.calls[0]?.[1]).toBe('/api/admin/tenants/harbour/enable'));
    expect(screen.queryByRole('button', { name: /The Network/ })).not.toBeInTheDocument();
  });

  it('say why a change was refused', async () => {
    takes('post', '/api/admin/tenants/:key/:action', () => problem(429, 'too-many-requests') as HttpResponse<null>);
    at('/administration/clinics');
    await userEvent.click(await screen.findByRole('button', { name: 'Enable: Harbour' }));
    expect(await screen.findByRole('heading', { name: 'A little too fast' })).toBeInTheDocument();
  });
});

describe('entitlements', () => {
  const entitlements = [
    { dashboard: 'network', role: 'network', tenant: '*', conditions: {} },
    { dashboard: 'revenue', role: 'admin', tenant: 'northside', conditions: { region: ['nsw'] } },
  ];

  beforeEach(() => api.use(http.get('/api/admin/entitlements', () => HttpResponse.json({ entitlements }, { headers: { ETag: '"one"' } }))));

  it('are saved whole, against what was read', async () => {
    takes('put', '/api/admin/entitlements', () => HttpResponse.json({ entitlements }) as unknown as HttpResponse<null>);
    at('/administration/entitlements');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Front desk may open revenue' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(sent).toHaveBeenCalledTimes(1));
    const [, , body, headers] = sent.mock.calls[0]!;
    expect(body).toEqual({ entitlements: [...entitlements, { dashboard: 'revenue', role: 'staff', tenant: '*', conditions: {} }] });
    expect(headers.get('If-Match')).toBe('"one"');
    expect(await screen.findByText(/^Saved\./)).toBeInTheDocument();
    expect(screen.getByText(/region = nsw/)).toBeInTheDocument();
  });

  it('say that somebody was faster', async () => {
    takes('put', '/api/admin/entitlements', () => problem(412, 'precondition-failed') as HttpResponse<null>);
    at('/administration/entitlements');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Front desk may open revenue' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('Somebody changed the entitlements');
    expect(screen.getByRole('checkbox', { name: 'Front desk may open revenue' })).not.toBeChecked();
  });
});

describe('health', () => {
  it('shows each part and each dashboard', async () => {
    const dashboard = { key: 'clinic', title: 'Clinic overview', installed: true, enabled: true, answered: 1234, refused: 2, failed: 0, last_at: '2026-11-21T08:00:00Z' };
    api.use(
      http.get('/api/admin/health', () =>
        HttpResponse.json({
          parts: [{ name: 'superset', state: 'down', milliseconds: 3000 }, { name: 'secrets', state: 'degraded', milliseconds: 0 }],
          dashboards: [dashboard, { ...dashboard, key: 'b', title: 'B', answered: 3, failed: 1 }, { ...dashboard, key: 'c', title: 'C', answered: 0, failed: 1 }, { ...dashboard, key: 'd', title: 'D', enabled: false }, { ...dashboard, key: 'e', title: 'E', installed: false, last_at: null }],
        }),
      ),
    );
    at('/administration/health');
    const parts = within(await screen.findByRole('list', { name: 'Parts' })).getAllByRole('listitem');
    expect(parts.map(({ textContent }) => textContent)).toEqual(['SupersetDoes not answer3,000 ms', 'SecretsNeeds a look']);
    const rows = screen.getAllByRole('row').slice(1).map((row) => within(row).getAllByRole('cell')[0]!.textContent);
    expect(rows).toEqual(['Works', 'Fails at times', 'Fails', 'Switched off', 'Not installed']);
    expect(screen.getAllByText('1,234').length).toBeGreaterThan(0);
    expect(screen.getByText('not within the hour')).toBeInTheDocument();
  });

  it('is not there for a clinic', async () => {
    at('/administration/health', administrator);
    expect(await screen.findByRole('heading', { name: 'There is nothing here' })).toBeInTheDocument();
  });
});

describe('revocations', () => {
  it('are made after a question, and lifted', async () => {
    const revocations = [{ kind: 'dashboard', value: 'revenue', revoked_at: '2026-11-21T08:00:00Z', expires_at: null }];
    api.use(http.get('/api/admin/revocations', () => HttpResponse.json({ revocations })));
    takes('post', '/api/admin/revocations');
    takes('delete', '/api/admin/revocations/:kind/:value');
    at('/administration/revocations');
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'What' }), 'Clinic');
    await userEvent.type(screen.getByRole('textbox', { name: 'The clinic’s key' }), 'harbour');
    await userEvent.click(screen.getByRole('button', { name: 'Revoke' }));
    await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(sent.mock.calls[0]?.slice(0, 3)).toEqual(['POST', '/api/admin/revocations', { kind: 'tenant', value: 'harbour' }]));

    await userEvent.click(await screen.findByRole('button', { name: 'Lift: Dashboard revenue' }));
    await waitFor(() => expect(sent.mock.calls[1]?.slice(0, 2)).toEqual(['DELETE', '/api/admin/revocations/dashboard/revenue']));
  });

  it('offers an administrator persons and sessions alone', async () => {
    api.use(http.get('/api/admin/revocations', () => HttpResponse.json({ revocations: [] })));
    at('/administration/revocations', administrator);
    const kinds = await screen.findByRole('combobox', { name: 'What' });
    expect(within(kinds).getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['Person', 'Session']);
    expect(await screen.findByText('Nothing is revoked.')).toBeInTheDocument();
  });
});
