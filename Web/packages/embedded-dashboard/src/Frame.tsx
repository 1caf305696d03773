import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState } from 'react';
import type { EmbeddedDashboard as Embed } from '@superset-ui/embedded-sdk';
import { Cover } from './Cover.js';
import { embed, type Phase } from './embed.js';
import type { EmbeddedDashboardProps } from './EmbeddedDashboard.js';
import { EmbedFailure } from './failure.js';
import { filtersToText, NO_FILTERS } from './filters.js';
import { followHeight } from './height.js';
import type { Holder } from './holder.js';
import type { EmbedState } from './state.js';
import { followTabs } from './tabs.js';
import { applyTheme, type EmbedTheme } from './theme.js';
import { Tokens } from './tokens.js';
import { onAbort, within } from './wait.js';
import { watchWaking } from './wake.js';

const SETTLE_MS = 300;
/** What a dashboard sets by itself, by defaults or a permalink, it sets within this time. */
const OWN_MS = 1_500;
/** Browsers let a page write to the clipboard for 5 s after a click. */
const PERMALINK_MS = 3_000;

type Props = Required<Pick<EmbeddedDashboardProps, 'height' | 'state' | 'messages' | 'permalinkUrl' | 'onStateChange' | 'onFailure'>> &
  Omit<EmbeddedDashboardProps, 'height' | 'state' | 'messages' | 'permalinkUrl' | 'onStateChange' | 'onFailure'> & {
    holder: Holder;
    /** Whether what had the focus went with the frame before. */
    takesFocus: boolean;
    onReady: () => void;
    onRetry: () => void;
    /** Asks for a new frame in place of one that no longer works; throws where that has happened too often. */
    onDead: () => void;
  };

/** One embedding, from its first token to its end. */
export function Frame(props: Props) {
  const { title, height, theme, messages, failureActions, onRetry, takesFocus, ref } = props;
  const root = useRef<HTMLElement>(null);
  const host = useRef<HTMLDivElement>(null);
  const standing = useRef<Embed>(null);
  const told = useRef<EmbedTheme>(undefined);
  const [phase, setPhase] = useState<Phase>('token');
  const [failure, setFailure] = useState<EmbedFailure | null>(null);
  const [stale, setStale] = useState(false);

  const giveUp = useEffectEvent(() => props.onDead());
  const changed = useEffectEvent((next: EmbedState, byItself: boolean) => props.onStateChange(next, byItself));
  const ready = useEffectEvent(() => props.onReady());
  const mint = useEffectEvent((key: string, until: AbortSignal) => props.mint(key, until));
  const growing = useEffectEvent(() => height === 'content');
  const named = useEffectEvent(() => title);
  const themed = useEffectEvent(() => theme);
  const retheme = useEffectEvent((wanted: EmbedTheme | undefined) => {
    const frame = host.current?.querySelector('iframe');
    if (wanted && standing.current && frame && wanted !== told.current) {
      told.current = wanted;
      frame.style.colorScheme = wanted.mode;
      applyTheme(standing.current, wanted);
    }
  });
  const linkTo = useEffectEvent((key: string) => props.permalinkUrl(key));

  const begin = useEffectEvent((place: HTMLElement, signal: AbortSignal, fail: (error: unknown) => void) => {
    const { dashboardKey, state, locale, holder } = props;
    const tokens = new Tokens({ dashboardKey, mint: (key, until) => mint(key, until), holder, signal, onRefused: fail, onStale: setStale });
    const anew = () => {
      try {
        giveUp();
      } catch (error) {
        fail(error);
      }
    };

    let current: EmbedState = state;
    let readyAt = Infinity;
    const tell = (next: EmbedState) => changed((current = next), Date.now() - readyAt < OWN_MS);
    // A permalink has the filters of its moment: those that were cleared since would come back with it.
    const none = () => (current.permalink && current.filters ? NO_FILTERS : undefined);
    let settling: ReturnType<typeof setTimeout> | undefined;
    onAbort(signal, () => clearTimeout(settling));
    const onMasks = (masks: Record<string, unknown>) => {
      clearTimeout(settling);
      settling = setTimeout(() => readyAt < Infinity && tell({ ...current, filters: filtersToText(masks) || none() }), SETTLE_MS);
    };

    let asking = false;
    // Signed out elsewhere, revoked, switched off: the mint knows. Where it still mints, a new frame takes the new token.
    const onUnauthorized = () => {
      if (!asking) {
        asking = true;
        void tokens.canMint().then((can) => {
          asking = false;
          if (can && !signal.aborted) {
            anew();
          }
        });
      }
    };

    const permalink = { key: '' };
    const resolvePermalink = (key: string) => linkTo((permalink.key = key));

    embed(place, {
      title: () => named(),
      state,
      theme: () => (told.current = themed()),
      locale,
      tokens,
      signal,
      onPhase: setPhase,
      onMasks,
      resolvePermalink,
      onUnauthorized,
    })
      .then((dashboard) => {
        readyAt = Date.now();
        ready();
        standing.current = dashboard;
        retheme(themed()); // it may have changed meanwhile
        onAbort(signal, () => (standing.current = null));
        // A page that reloads itself inside the frame gets no token from SDK 0.4.0: begin anew.
        place.querySelector('iframe')?.addEventListener('load', anew, { signal });
        watchWaking(dashboard, tokens, signal, anew);
        const measure = followHeight(dashboard, place, () => growing(), signal);
        followTabs(dashboard, signal, () => {
          measure();
          // Tabs stand in permalinks alone. Where none can be stored, the address keeps what it has.
          void dashboard.getDashboardPermalink('').then(
            () => signal.aborted || tell({ ...current, permalink: permalink.key || undefined }),
            () => undefined,
          );
        });
      })
      .catch(fail);
  });

  const report = useEffectEvent((error: EmbedFailure) => {
    setFailure(error);
    props.onFailure(error);
  });

  useEffect(() => {
    // An element and a signal for each run: what StrictMode's first run leaves behind must not touch the second.
    const end = new AbortController();
    const place = document.createElement('div');
    place.className = 'embed-frame';
    host.current!.append(place);
    const undo = () => {
      end.abort();
      place.remove();
    };
    begin(place, end.signal, (error) => {
      if (!end.signal.aborted) {
        undo();
        report(EmbedFailure.of(error));
      }
    });
    return undo;
  }, []);

  useEffect(() => {
    const frame = host.current?.querySelector('iframe');
    if (frame) {
      frame.title = title;
    }
  }, [title]);

  useEffect(() => retheme(theme), [theme]);

  useEffect(() => {
    if (height === 'fill') {
      host.current?.querySelector<HTMLElement>('.embed-frame')?.style.removeProperty('height');
    }
  }, [height]);

  useEffect(() => {
    if (takesFocus) {
      root.current?.focus({ preventScroll: true });
    }
  }, [takesFocus]);

  useImperativeHandle(ref, () => ({
    permalink: () => {
      const late = () => new EmbedFailure('no-answer', 'The permalink was not stored.');
      return standing.current ? within(PERMALINK_MS, new AbortController().signal, standing.current.getDashboardPermalink(''), late) : Promise.reject(late());
    },
  }));

  return (
    <section ref={root} className="embed" aria-label={title} tabIndex={-1} data-height={height} data-phase={failure ? 'failed' : phase}>
      <div className="embed-host" ref={host} aria-busy={!failure && phase !== 'ready'} />
      <Cover title={title} phase={phase} failure={failure} stale={stale} messages={messages} onRetry={onRetry} actions={failureActions} />
    </section>
  );
}
