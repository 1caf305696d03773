import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { api, problem } from '../testing/api';
import { at, sent, takes } from './testing';

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

    takes('post', '/api/admin/tenants/:key/:action');
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(sent.mock.calls[0]?.[1]).toBe('/api/admin/tenants/harbour/enable'));
    await waitFor(() => expect(screen.queryByRole('heading', { name: 'A little too fast' })).not.toBeInTheDocument());
    expect(screen.getByRole('main')).toHaveFocus();
  });
});
