import { http, HttpResponse } from 'msw';
import { vi } from 'vitest';
import { api, signedIn } from '../testing/api';
import { renderApp } from '../testing/renderApp';

const leadership = { name: 'Helen', tenant: { key: 'sydney-network', name: 'Sydney Specialist Network' }, role: 'network' };

/** What was sent to the Api: method, path, body and headers. */
export const sent = vi.fn<(method: string, path: string, body: unknown, headers: Headers) => void>();

/** Takes every change there is, and keeps it. */
export function takes(
  method: 'post' | 'put' | 'delete',
  path: string,
  answer: () => HttpResponse<never> | HttpResponse<null> = () => new HttpResponse(null, { status: 204 }),
) {
  api.use(
    http[method](path, async ({ request }) => {
      const text = await request.text();
      sent(request.method, new URL(request.url).pathname, text ? JSON.parse(text) : null, request.headers);
      return answer();
    }),
  );
}

export function at(path: string, user = leadership) {
  signedIn(user, [{ key: 'network', title: 'Network performance' }]);
  window.history.replaceState(null, '', path);
  renderApp();
}
