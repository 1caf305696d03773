import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { api, problem } from '../testing/api';
import { at, sent, takes } from './testing';

beforeEach(() => sent.mockReset());

describe('entitlements', () => {
  const entitlements = [
    { dashboard: 'network', role: 'network', tenant: '*', conditions: {} },
    { dashboard: 'revenue', role: 'admin', tenant: 'northside', conditions: { region: ['nsw'] } },
  ];

  const known = [
    { key: 'network', title: 'Network performance', enabled: true },
    { key: 'outcomes', title: 'Clinical outcomes', enabled: true },
    { key: 'revenue', title: 'Revenue', enabled: true },
  ];
  const stored = (all: unknown[], etag: string) =>
    api.use(http.get('/api/admin/entitlements', () => HttpResponse.json({ entitlements: all }, { headers: { ETag: etag } })));
  const ofStaff = { dashboard: 'revenue', role: 'staff', tenant: '*', conditions: {} };

  beforeEach(() => {
    stored(entitlements, '"one"');
    api.use(http.get('/api/admin/dashboards', () => HttpResponse.json({ dashboards: known })));
  });

  it('can be given again to a dashboard that nobody may open', async () => {
    stored([], '"none"');
    takes('put', '/api/admin/entitlements', () => HttpResponse.json({ entitlements: [] }) as unknown as HttpResponse<null>);
    at('/administration/entitlements');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Clinician may open Clinical outcomes' }));
    expect(screen.getAllByRole('rowheader').map(({ textContent }) => textContent)).toEqual(['Clinical outcomes', 'Network performance', 'Revenue']);
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(sent.mock.calls[0]?.[2]).toEqual({ entitlements: [{ dashboard: 'outcomes', role: 'clinician', tenant: '*', conditions: {} }] }));
  });

  it('are saved against what was seen, whatever was read since', async () => {
    takes('put', '/api/admin/entitlements', () => HttpResponse.json({ entitlements }) as unknown as HttpResponse<null>);
    at('/administration/entitlements');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Front desk may open Revenue' }));
    stored([], '"two"');
    window.dispatchEvent(new Event('visibilitychange'));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(sent.mock.calls[0]?.[3].get('If-Match')).toBe('"one"'));
    expect(sent.mock.calls[0]![2]).toEqual({ entitlements: [...entitlements, ofStaff] });
  });

  it('stay as they were wanted where they could not be saved, and are saved by trying again', async () => {
    api.use(http.put('/api/admin/entitlements', () => problem(503, 'database-unavailable')));
    at('/administration/entitlements');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Front desk may open Revenue' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByRole('heading', { name: 'The database is away' })).toBeInTheDocument();
    expect(screen.getByRole('checkbox', { name: /^Front desk may open Revenue/ })).toBeChecked();

    takes('put', '/api/admin/entitlements', () => HttpResponse.json({ entitlements }) as unknown as HttpResponse<null>);
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(sent.mock.calls[0]?.[2]).toEqual({ entitlements: [...entitlements, ofStaff] }));
    expect(await screen.findByText(/^Saved\./)).toBeInTheDocument();
  });

  it('are saved whole, against what was read', async () => {
    takes('put', '/api/admin/entitlements', () => HttpResponse.json({ entitlements }) as unknown as HttpResponse<null>);
    at('/administration/entitlements');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Front desk may open Revenue' }));
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(sent).toHaveBeenCalledTimes(1));
    const [, , body, headers] = sent.mock.calls[0]!;
    expect(body).toEqual({ entitlements: [...entitlements, { dashboard: 'revenue', role: 'staff', tenant: '*', conditions: {} }] });
    expect(headers.get('If-Match')).toBe('"one"');
    expect(await screen.findByText(/^Saved\./)).toBeInTheDocument();
    expect(screen.getByText(/region = nsw/)).toBeInTheDocument();
  });

  it('say that somebody was faster, keep what was wanted, and are saved onto theirs after another look', async () => {
    takes('put', '/api/admin/entitlements', () => problem(412, 'precondition-failed') as HttpResponse<null>);
    at('/administration/entitlements');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Front desk may open Revenue' }));
    const theirs = { dashboard: 'outcomes', role: 'admin', tenant: '*', conditions: {} };
    stored([...entitlements, theirs], '"two"');
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));

    expect(await screen.findByRole('alert')).toHaveTextContent(/nothing of yours was saved\. Look again/);
    expect(screen.getByRole('checkbox', { name: 'Front desk may open Revenue (changed, not saved)' })).toBeChecked();
    expect(screen.getByRole('checkbox', { name: 'Clinic administrator may open Clinical outcomes' })).toBeChecked();

    takes('put', '/api/admin/entitlements', () => HttpResponse.json({ entitlements }) as unknown as HttpResponse<null>);
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    await waitFor(() => expect(sent).toHaveBeenCalledTimes(2));
    expect(sent.mock.calls[1]![2]).toEqual({ entitlements: [...entitlements, theirs, ofStaff] });
    expect(sent.mock.calls[1]![3].get('If-Match')).toBe('"two"');
    expect(await screen.findByText(/^Saved\./)).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it('say so where somebody else made the same change', async () => {
    takes('put', '/api/admin/entitlements', () => problem(412, 'precondition-failed') as HttpResponse<null>);
    at('/administration/entitlements');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Front desk may open Revenue' }));
    stored([...entitlements, ofStaff], '"two"');
    await userEvent.click(screen.getByRole('button', { name: 'Save changes' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('nothing of yours is left to save');
    expect(screen.getByRole('checkbox', { name: 'Front desk may open Revenue' })).toBeChecked();
    expect(screen.queryByRole('button', { name: 'Save changes' })).not.toBeInTheDocument();
  });
});
