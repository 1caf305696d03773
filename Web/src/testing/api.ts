import { http, HttpResponse, type JsonBodyType } from 'msw';
import { setupServer } from 'msw/node';
import { answerWith, jwt } from '../../packages/embedded-dashboard/src/testing/tokens';

/** The Api as it answers while nothing is wrong and nobody is signed in. */
export const api = setupServer(http.get('/bff/user', () => problem(401, 'not-signed-in', 'Sign in first.')));

export const administrator = {
  name: 'Nora Admin',
  tenant: { key: 'northside', name: 'Northside Specialist Clinic' },
  role: 'admin',
  tier: ['view', 'table', 'drill', 'export'],
};

export function problem(status: number, slug: string, title = 'The Api says so.') {
  const headers = { 'Content-Type': 'application/problem+json' };
  return HttpResponse.json({ type: `urn:embedstack:problem:${slug}`, title, status }, { status, headers });
}

export const overview = { key: 'clinic', title: 'Clinic overview' };

export function signedIn(user: JsonBodyType = administrator, dashboards: JsonBodyType[] = [overview]) {
  api.use(
    http.get('/bff/user', () => HttpResponse.json(user)),
    http.get('/api/dashboards', () => HttpResponse.json({ dashboards })),
  );
}

/** Answers each mint with a token of its own and keeps what was asked. */
export function mints() {
  const asked: { body: unknown; csrf: string | null }[] = [];
  api.use(
    http.post('/api/superset/guest-token', async ({ request }) => {
      const body = (await request.json()) as { dashboard_key: string };
      asked.push({ body, csrf: request.headers.get('X-CSRF') });
      return HttpResponse.json(answerWith(body.dashboard_key, jwt(300, `${asked.length}`)));
    }),
  );
  return asked;
}
