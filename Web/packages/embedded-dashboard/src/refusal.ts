import { EmbedFailure } from './failure.js';

const TYPE = 'embedstack.refused';

/** Whether waiting may help: the service is away or busy, and says so by its status. */
const passes = (status: number) => status === 429 || status >= 500;

/**
 * Rejects when the page that was to be the dashboard's says why it is not: the embed's origin tells whoever embeds it
 * `{ type, status, slug }`. Only the frame in `place` is listened to, and only while it is that origin's.
 * @param onUnauthorized Hears of each 401: the page's token is taken no more, also long after the dashboard stands.
 */
export function refused(place: HTMLElement, domain: string, signal: AbortSignal, onUnauthorized: () => void): Promise<never> {
  const { origin } = new URL(domain);
  return new Promise((_, reject) => {
    const listen = (message: MessageEvent) => {
      const frame = place.querySelector('iframe')?.contentWindow;
      if (!frame || message.source !== frame || message.origin !== origin) {
        return;
      }
      const { type, status, slug } = (message.data ?? {}) as Record<string, unknown>;
      if (type !== TYPE || typeof status !== 'number' || typeof slug !== 'string') {
        return;
      }
      if (status === 401) {
        onUnauthorized();
      } else {
        reject(failureOf(status, slug));
      }
    };
    window.addEventListener('message', listen, { signal });
  });
}

const failureOf = (status: number, slug: string) =>
  passes(status)
    ? new EmbedFailure(slug, `The dashboard's page answered ${status}.`, status)
    : new EmbedFailure('page-refused', `The dashboard's page is not for this site: ${status} ${slug}.`);
