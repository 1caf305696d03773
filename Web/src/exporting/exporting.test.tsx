import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { delay, http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { administrator, api, mints, problem, signedIn } from '../testing/api';
import { embeds, standing } from '../testing/fakeSdk';
import { renderApp } from '../testing/renderApp';
import { setDark } from '../testing/scheme';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

const RENDERINGS = '/api/dashboards/:key/renderings';

interface Asked {
  key: unknown;
  csrf: string | null;
  body: Record<string, unknown> & { theme: { mode: string; tokens: Record<string, unknown> } };
}

let asked: Asked[] = [];
let saved: string[] = [];

/** The Api's side: a file of the format that is asked for. */
function renders(wait = 0, failed = 0) {
  api.use(
    http.post(RENDERINGS, async ({ request, params }) => {
      const body = (await request.json()) as Asked['body'];
      asked.push({ key: params.key, csrf: request.headers.get('X-CSRF'), body });
      await delay(wait);
      return new HttpResponse('a picture', {
        headers: {
          'X-Failed-Charts': String(failed),
          'Content-Type': 'image/png',
          'Content-Disposition': `attachment; filename=clinic.${String(body.format)}; filename*=UTF-8''clinic`,
        },
      });
    }),
  );
}

async function choose(item: string, menu = 'Download') {
  await userEvent.click(await screen.findByRole('button', { name: menu }));
  await userEvent.click(within(await screen.findByRole('menu')).getByRole('menuitem', { name: item }));
}

async function open(address = '/dashboards/clinic') {
  window.history.replaceState(null, '', address);
  renderApp();
  await waitFor(() => expect(standing()).toBeDefined());
}

beforeEach(() => {
  embeds.length = 0;
  [asked, saved] = [[], []];
  URL.createObjectURL = () => 'blob:of-the-test';
  URL.revokeObjectURL = () => undefined;
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  signedIn({ ...administrator, tenant: { ...administrator.tenant, accent: { light: '#8a1538', dark: '#f28aa5' } } });
  mints();
});

describe('a dashboard as a file', () => {
  it('is asked for as the page shows it', async () => {
    renders();
    await open("/dashboards/clinic?filters=(service:(f:!(!(service_name,IN)),v:!('Eye+Care')))&permalink=kkkkkkkkkkkkkkkkkkkk-_");
    await choose('Download as image');

    expect(await screen.findByText('Downloaded')).toBeInTheDocument();
    expect(saved).toEqual(['clinic.png']);
    expect(asked).toHaveLength(1);
    expect(asked[0]).toMatchObject({
      key: 'clinic',
      csrf: '1',
      body: { format: 'png', permalink: 'kkkkkkkkkkkkkkkkkkkk-_', language: 'en', theme: { mode: 'light', tokens: { colorPrimary: '#8a1538' } } },
    });
    expect(asked[0]!.body.native_filters).toContain("val:!('Eye Care')");
  });

  it('has no filters where none are set, and no permalink of what is none', async () => {
    renders();
    await open('/dashboards/clinic?permalink=abc');
    await choose('Download as PDF');
    expect(await screen.findByText('Downloaded')).toBeInTheDocument();
    expect(saved).toEqual(['clinic.pdf']);
    expect(asked[0]!.body).toMatchObject({ format: 'pdf', native_filters: null, permalink: null });
  });

  it.each([
    [1, 'Downloaded. One chart in it shows an error.'],
    [3, 'Downloaded. 3 charts in it show errors.'],
  ])('tells of %i charts that could not be drawn', async (failed, said) => {
    renders(0, failed);
    await open();
    await choose('Download as PDF');
    expect(await screen.findByText(said)).toBeInTheDocument();
    expect(saved).toEqual(['clinic.pdf']);
  });

  it('is light on paper and as dark as the page in a picture', async () => {
    setDark(true);
    renders();
    await open();
    await choose('Download as PDF');
    await waitFor(() => expect(saved).toHaveLength(1));
    await choose('Download as image');
    await waitFor(() => expect(saved).toHaveLength(2));
    expect(asked.map(({ body }) => body.theme.mode)).toEqual(['light', 'dark']);
  });

  it('speaks the person’s language', async () => {
    document.cookie = 'language=de; Path=/';
    renders();
    await open();
    await choose('Als PDF herunterladen', 'Herunterladen');
    expect(await screen.findByText('Heruntergeladen')).toBeInTheDocument();
    expect(asked[0]!.body.language).toBe('de');
  });

  it('tells that it is being made, one at a time, and can be cancelled', async () => {
    renders(60_000);
    await open();
    await choose('Download as PDF');
    expect(await screen.findByText('Making the PDF…')).toBeInTheDocument();
    expect(screen.getByRole('progressbar', { name: 'Making the PDF…' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Download' }));
    expect(within(await screen.findByRole('menu')).getByRole('menuitem', { name: 'Download as image' })).toHaveAttribute('aria-disabled', 'true');
    await userEvent.keyboard('{Escape}');

    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));

    expect(screen.queryByText('Making the PDF…')).not.toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Download' })).toHaveFocus();
    expect(saved).toEqual([]);
  });

  it('ends with the page', async () => {
    let ended = false;
    api.use(
      http.post(RENDERINGS, async ({ request }) => {
        request.signal.addEventListener('abort', () => (ended = true));
        await delay(60_000);
        return new HttpResponse('too late');
      }),
    );
    await open();
    await choose('Download as PDF');
    await screen.findByText('Making the PDF…');
    await userEvent.click(screen.getAllByRole('link', { name: 'Home' })[0]!);
    await waitFor(() => expect(ended).toBe(true));
    expect(saved).toEqual([]);
  });

  it('explains why there is none, and is made after a retry', async () => {
    api.use(http.post(RENDERINGS, () => problem(503, 'renderer-busy')));
    await open();
    await choose('Download as PDF');
    expect(await screen.findByRole('heading', { name: 'Many files are being made' })).toBeInTheDocument();
    renders();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Downloaded')).toBeInTheDocument();
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
  });

  it.each([
    [400, 'invalid-rendering', 'These filters do not fit into a file'],
    [403, 'forbidden', 'You do not have access'],
    [422, 'rendering-too-large', 'This dashboard is too large for a file'],
    [429, 'too-many-renderings', 'Another file is being made'],
    [502, 'rendering-failed', 'The file could not be made'],
    [503, 'renderer-unavailable', 'No files can be made at the moment'],
    [504, 'rendering-timed-out', 'The file was not made in time'],
  ])('explains %i %s, until that is closed', async (status, slug, heading) => {
    api.use(http.post(RENDERINGS, () => problem(status, slug)));
    await open();
    await choose('Download as PDF');
    expect(await screen.findByRole('heading', { name: heading })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(screen.getByRole('button', { name: 'Download' })).toHaveFocus();
  });

  it('leads to the sign-in where the session has ended', async () => {
    api.use(http.post(RENDERINGS, () => problem(401, 'not-signed-in')));
    await open();
    api.use(http.get('/bff/user', () => problem(401, 'not-signed-in')));
    await choose('Download as PDF');
    expect(await screen.findByRole('link', { name: 'Sign in' })).toBeInTheDocument();
  });

  it.each([[['view', 'table']], [undefined]])('is not offered to whoever may not take it along: %j', async (tier) => {
    signedIn({ ...administrator, tier: tier ?? null, role: 'staff' });
    await open();
    await screen.findByRole('button', { name: 'Copy link' });
    expect(screen.queryByRole('button', { name: 'Download' })).not.toBeInTheDocument();
  });
});
