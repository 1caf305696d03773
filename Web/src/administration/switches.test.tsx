import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { administrator, api, problem } from '../testing/api';
import { at, sent, takes } from './testing';

const stored = (enabled: boolean, etag: string) =>
  api.use(
    http.get('/api/admin/dashboards', () =>
      HttpResponse.json(
        {
          dashboards: [
            { key: 'network', title: 'Network performance', enabled },
            { key: 'gone', title: 'gone', enabled: false },
          ],
        },
        { headers: { ETag: etag } },
      ),
    ),
  );

beforeEach(() => {
  sent.mockReset();
  stored(true, '"one"');
});

describe('switches', () => {
  it('turn a dashboard off after a question, against what was seen, and the way to it goes', async () => {
    takes('put', '/api/admin/dashboards/:key', () => {
      stored(false, '"two"');
      api.use(http.get('/api/dashboards', () => HttpResponse.json({ dashboards: [] })));
      return new HttpResponse(null, { status: 200 });
    });
    at('/administration/switches');
    const nav = within(await screen.findByRole('navigation', { name: 'Main' }));
    expect(await nav.findByRole('link', { name: 'Network performance' })).toBeInTheDocument();
    await userEvent.click(await screen.findByRole('button', { name: 'Switch off: Network performance' }));
    const dialog = within(await screen.findByRole('alertdialog', { name: 'Switch off Network performance?' }));
    await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));
    expect(sent).not.toHaveBeenCalled();

    await userEvent.click(await screen.findByRole('button', { name: 'Switch off: Network performance' }));
    await userEvent.click(within(await screen.findByRole('alertdialog')).getByRole('button', { name: 'Switch off' }));
    expect(await screen.findByRole('button', { name: 'Switch on: Network performance' })).toBeInTheDocument();
    expect(sent).toHaveBeenCalledExactlyOnceWith('PUT', '/api/admin/dashboards/network', { enabled: false }, expect.anything());
    expect(sent.mock.calls[0]![3].get('If-Match')).toBe('"one"');
    await waitFor(() => expect(nav.queryByRole('link', { name: 'Network performance' })).not.toBeInTheDocument());
  });

  it('turn one on at once', async () => {
    takes('put', '/api/admin/dashboards/:key', () => new HttpResponse(null, { status: 200 }));
    at('/administration/switches');
    await userEvent.click(await screen.findByRole('button', { name: 'Switch on: gone' }));
    await waitFor(() => expect(sent.mock.calls[0]?.slice(0, 3)).toEqual(['PUT', '/api/admin/dashboards/gone', { enabled: true }]));
  });

  it('say that somebody was faster, and show what stands there now', async () => {
    takes('put', '/api/admin/dashboards/:key', () => {
      stored(false, '"two"');
      return problem(412, 'precondition-failed') as HttpResponse<never>;
    });
    at('/administration/switches');
    await userEvent.click(await screen.findByRole('button', { name: 'Switch on: gone' }));
    expect(await screen.findByRole('heading', { name: 'Somebody else was faster' })).toBeInTheDocument();
    expect(await screen.findByRole('button', { name: 'Switch on: Network performance' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Try again' })).not.toBeInTheDocument();
  });

  it('are the leadership’s alone', async () => {
    at('/administration/switches', administrator);
    expect(await screen.findByRole('heading', { name: 'There is nothing here' })).toBeInTheDocument();
  });
});
