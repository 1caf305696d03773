import { mintGuestToken } from '../api/guestToken';
import { Problem } from '../api/problem';

/** From the first byte of the iframe to the first answer of the page in it. */
export const PATIENCE_MS = 60_000;

interface Options {
  dashboardKey: string;
  title: string;
  signal: AbortSignal;
  /** A refresh was refused for good: the session is over, or the right to this dashboard. */
  onRefused: (problem: Problem) => void;
}

/**
 * Embeds the dashboard in `frame`, an element of its own, and settles when the page in it answers. Where `signal` is
 * aborted, everything that was begun is undone: the timer that SDK 0.4.0 starts when it settles late, too.
 */
export async function mountDashboard(frame: HTMLElement, options: Options): Promise<void> {
  const { dashboardKey, title, signal, onRefused } = options;
  const [{ embedDashboard }, first] = await Promise.all([
    import('@superset-ui/embedded-sdk'),
    mintGuestToken(dashboardKey, signal),
  ]);
  signal.throwIfAborted();

  const dashboard = first.dashboards.find(({ key }) => key === dashboardKey);
  if (!dashboard) {
    throw new Problem(404, 'unknown-dashboard', 'The token is for another dashboard.');
  }

  let unused: string | undefined = first.token;
  const fetchGuestToken = async () => {
    const token = unused ?? (await refresh(dashboardKey, signal, onRefused));
    unused = undefined;
    return token;
  };

  const embedding = embedDashboard({
    id: dashboard.embedded_id,
    supersetDomain: dashboard.domain,
    mountPoint: frame,
    fetchGuestToken,
    iframeTitle: title,
    // Superset's page is served only to hosts it knows, and knows them by the referrer.
    referrerPolicy: 'strict-origin-when-cross-origin',
    dashboardUiConfig: { hideTitle: true, filters: { visible: true, expanded: false } },
  });
  void embedding.then((embed) => onAbort(signal, embed.unmount), () => undefined);
  await before(PATIENCE_MS, signal, embedding.then((embed) => embed.getScrollSize()));
}

async function refresh(key: string, signal: AbortSignal, onRefused: Options['onRefused']): Promise<string> {
  try {
    return (await mintGuestToken(key, signal)).token;
  } catch (error) {
    // Everything else the SDK asks again for, every 10 s.
    if (error instanceof Problem && !error.mayPass) {
      onRefused(error);
    }
    throw error;
  }
}

function onAbort(signal: AbortSignal, undo: () => void) {
  if (signal.aborted) {
    undo();
  } else {
    signal.addEventListener('abort', undo, { once: true });
  }
}

async function before(milliseconds: number, signal: AbortSignal, work: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Problem(0, 'embed-silent', 'The embedded page did not answer.')), milliseconds);
    onAbort(signal, () => reject(signal.reason));
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
