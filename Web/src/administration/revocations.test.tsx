import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { administrator, api, problem } from '../testing/api';
import { at, sent, takes } from './testing';

beforeEach(() => sent.mockReset());

describe('revocations', () => {
  it('are made after a question, and lifted', async () => {
    const revocations = [
      { kind: 'dashboard', value: 'revenue', revoked_at: '2026-11-21T08:00:00Z', expires_at: null },
      { kind: 'tenant', value: 'manly', revoked_at: '2026-11-21T08:00:00Z', expires_at: '2026-11-22T09:00:00Z' },
    ];
    api.use(http.get('/api/admin/revocations', () => HttpResponse.json({ revocations })));
    takes('post', '/api/admin/revocations');
    takes('delete', '/api/admin/revocations/:kind/:value');
    at('/administration/revocations');
    await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'What' }), 'Clinic');
    await userEvent.type(screen.getByRole('textbox', { name: 'The clinic’s key' }), 'harbour');
    await userEvent.click(screen.getByRole('button', { name: 'Revoke' }));
    await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Revoke' }));
    await waitFor(() => expect(sent.mock.calls[0]?.slice(0, 3)).toEqual(['POST', '/api/admin/revocations', { kind: 'tenant', value: 'harbour' }]));

    // What was lifted stays refused to those who had their tokens before, and ends by itself.
    expect(screen.queryByRole('button', { name: 'Lift: Clinic manly' })).not.toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: 'Lift: Dashboard revenue' }));
    await waitFor(() => expect(sent.mock.calls[1]?.slice(0, 2)).toEqual(['DELETE', '/api/admin/revocations/dashboard/revenue']));
  });

  it('keep what was typed until it is revoked', async () => {
    api.use(
      http.get('/api/admin/revocations', () => HttpResponse.json({ revocations: [] })),
      http.post('/api/admin/revocations', () => problem(404, 'not-found')),
    );
    at('/administration/revocations', administrator);
    const field = await screen.findByRole('textbox', { name: 'The person’s id at the identity provider' });
    const revoke = async () => {
      await userEvent.click(screen.getByRole('button', { name: 'Revoke' }));
      await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Revoke' }));
    };
    await userEvent.type(field, 'somebody');
    await revoke();
    expect(await screen.findByRole('heading', { name: 'That is not there' })).toBeInTheDocument();
    expect(field).toHaveValue('somebody');

    takes('post', '/api/admin/revocations');
    await revoke();
    await waitFor(() => expect(field).toHaveValue(''));
    expect(sent.mock.calls[0]![2]).toEqual({ kind: 'person', value: 'somebody' });
  });

  it('offers the leadership all that can be revoked', async () => {
    api.use(
      http.get('/api/admin/revocations', () =>
        HttpResponse.json({ revocations: [{ kind: 'token', value: 'a', revoked_at: '2026-11-21T08:00:00Z', expires_at: null }] }),
      ),
    );
    at('/administration/revocations');
    const kinds = await screen.findByRole('combobox', { name: 'What' });
    expect(
      within(kinds)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['Person', 'Session', 'Token', 'Clinic', 'Dashboard', 'Everything']);
    expect(await screen.findByRole('rowheader', { name: 'Token' })).toBeInTheDocument();
  });

  it('offers an administrator persons and sessions alone', async () => {
    api.use(http.get('/api/admin/revocations', () => HttpResponse.json({ revocations: [] })));
    at('/administration/revocations', administrator);
    const kinds = await screen.findByRole('combobox', { name: 'What' });
    expect(
      within(kinds)
        .getAllByRole('option')
        .map(({ textContent }) => textContent),
    ).toEqual(['Person', 'Session']);
    expect(await screen.findByText('Nothing is revoked.')).toBeInTheDocument();
  });
});
