import type { EmbeddedDashboard, EmbedDashboardParams } from '@superset-ui/embedded-sdk';
import { EmbedFailure } from './failure.js';
import { textToNativeFilters } from './filters.js';
import { refused } from './refusal.js';
import type { EmbedState } from './state.js';
import { applyTheme, type EmbedTheme } from './theme.js';
import type { Tokens } from './tokens.js';
import { onAbort, pause, within } from './wait.js';

/** From the first byte of the iframe to the first answer of the page in it. */
export const PATIENCE_MS = 60_000;
/** From the page's load event to that answer: its scripts have run, nothing is left to wait for but the answer. */
export const SILENCE_MS = 20_000;
/** From that answer to the charts' places; what stands there then is shown as it is. */
const DRAWING_MS = 10_000;
const LOOK_MS = 150;

/** How far the embedding has come. */
export type Phase = 'token' | 'page' | 'charts' | 'ready';

export interface EmbedOptions {
  title: () => string;
  state: EmbedState;
  theme: () => EmbedTheme | undefined;
  locale: string | undefined;
  tokens: Tokens;
  signal: AbortSignal;
  onPhase: (phase: Phase) => void;
  onMasks: (masks: Record<string, unknown>) => void;
  resolvePermalink: (key: string) => string;
  /** The page's token is taken no more. */
  onUnauthorized: () => void;
}

/**
 * Embeds the dashboard in `place`, an element of its own, and settles when its charts have their places. Where the
 * signal is aborted, everything that was begun is undone: the timer that SDK 0.4.0 starts when it settles late, too.
 */
export async function embed(place: HTMLElement, options: EmbedOptions): Promise<EmbeddedDashboard> {
  const { signal, tokens, onPhase } = options;
  await Promise.resolve(); // StrictMode's first run ends before it has asked for anything
  signal.throwIfAborted();
  const [sdk, dashboard] = await Promise.all([loadSdk(), tokens.first()]);
  signal.throwIfAborted();
  onPhase('page');

  const stopped = [refused(place, dashboard.domain, signal, options.onUnauthorized), blocked(dashboard.domain, signal)];
  const embedding = sdk.embedDashboard({
    id: dashboard.embedded_id,
    supersetDomain: dashboard.domain,
    mountPoint: place,
    fetchGuestToken: tokens.fetch,
    iframeTitle: options.title(),
    // Superset's page is served only to hosts it knows, and knows them by the referrer.
    referrerPolicy: 'strict-origin-when-cross-origin',
    resolvePermalinkUrl: ({ key }) => options.resolvePermalink(key),
    dashboardUiConfig: { hideTitle: true, emitDataMasks: true, filters: { visible: true, expanded: false }, urlParams: parameters(options) },
  });
  const handle = embedding.then((page) => {
    onAbort(signal, page.unmount);
    if (!signal.aborted) {
      page.observeDataMask(options.onMasks);
      const theme = options.theme();
      if (theme) {
        applyTheme(page, theme);
      }
    }
    return page;
  });

  const frame = place.querySelector('iframe');
  if (frame) {
    frame.style.colorScheme = options.theme()?.mode ?? '';
  }
  const silent = new EmbedFailure('page-silent', `The page of ${dashboard.domain} loaded and did not answer.`);
  const unreachable = new EmbedFailure('page-unreachable', `The page of ${dashboard.domain} did not load.`);
  const loaded = new Promise<void>((resolve) => frame?.addEventListener('load', () => resolve(), { once: true, signal }));
  const alive = handle.then(async (page) => {
    await page.getScrollSize();
    return page;
  });
  const answered = loaded.then(() => within(SILENCE_MS, signal, alive, () => silent));
  const answering = await within(PATIENCE_MS, signal, Promise.race([answered, alive, ...stopped]), () => unreachable);

  onPhase('charts');
  await Promise.race([drawn(answering, signal), ...stopped]);
  onPhase('ready');
  return answering;
}

async function loadSdk() {
  try {
    return await import('@superset-ui/embedded-sdk');
  } catch (error) {
    throw new EmbedFailure('sdk-unavailable', 'The embedding code did not load.', 0, { cause: error });
  }
}

function parameters({ state, locale }: EmbedOptions): NonNullable<EmbedDashboardParams['dashboardUiConfig']>['urlParams'] {
  const filters = textToNativeFilters(state.filters);
  return {
    ...(filters ? { native_filters: filters } : {}),
    ...(state.permalink ? { permalink_key: state.permalink } : {}),
    ...(locale ? { _l_: locale } : {}),
  };
}

/** Rejects when the host's own content security policy keeps the frame out. */
function blocked(domain: string, signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective, blockedURI }) => {
        if (effectiveDirective === 'frame-src' && blockedURI.startsWith(new URL(domain).origin)) {
          reject(new EmbedFailure('blocked-by-host', `This page's content security policy does not allow ${domain} in a frame.`));
        }
      },
      { signal },
    );
  });
}

/** The masks are there as soon as the dashboard is: before that, the page shows its own spinner. */
async function drawn(page: EmbeddedDashboard, signal: AbortSignal): Promise<void> {
  for (const until = Date.now() + DRAWING_MS; Date.now() < until; await pause(LOOK_MS, signal)) {
    const masks = await within(DRAWING_MS, signal, page.getDataMask(), () => new EmbedFailure('page-silent', 'The page stopped answering.'));
    if (Object.keys(masks).length > 0) {
      return;
    }
  }
}
