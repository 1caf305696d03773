'use client';

import { type ReactNode, type Ref, useCallback, useEffect, useRef, useState } from 'react';
import { EmbedFailure } from './failure.js';
import { Frame } from './Frame.js';
import type { Mint } from './guestToken.js';
import { Holder } from './holder.js';
import { english, type Messages } from './messages.js';
import { type EmbedState, sameState } from './state.js';
import type { EmbedTheme } from './theme.js';
import { about, pause, seen } from './wait.js';

const MOST_RESTARTS = 3;
const WITHIN_MS = 60_000;
/** About how long what may pass is left to pass, try after try; the last for all further ones. */
export const PAUSES_MS = [5_000, 10_000, 20_000, 30_000];

/** What a host may ask of a dashboard that stands. */
export interface EmbeddedDashboardHandle {
  /** Stores the dashboard's state, tabs included, and returns its permalink as `permalinkUrl` makes it. */
  permalink: () => Promise<string>;
}

export interface EmbeddedDashboardProps {
  /** Key of the dashboard in the catalogue. */
  dashboardKey: string;
  /** What screen readers call the frame. */
  title: string;
  /** Called for every token. What it throws is read by its `status`, `slug` and `retryAfter` (seconds). */
  mint: Mint;
  /** `content`, the default: as tall as the dashboard. `fill`: as tall as its place. */
  height?: 'content' | 'fill';
  /** Filters and tabs. Another state than the one that `onStateChange` told last begins a new frame. */
  state?: EmbedState;
  /**
   * Told when filters or tabs change. `byItself`: the dashboard set them as it opened, by defaults or a permalink. Replace
   * the address then: who goes back over it would come forward again.
   */
  onStateChange?: (state: EmbedState, byItself: boolean) => void;
  /** Where a permalink's key leads in the host. */
  permalinkUrl?: (key: string) => string;
  theme?: EmbedTheme;
  /** Superset's name of a language, such as `de`. */
  locale?: string;
  messages?: Messages;
  /** Told of each failure that is shown; a 401 is the place to look whether the session is over. */
  onFailure?: (failure: EmbedFailure) => void;
  /** Further ways out of a failure, beside retrying. */
  failureActions?: (failure: EmbedFailure) => ReactNode;
  ref?: Ref<EmbeddedDashboardHandle>;
}

const nothing = () => undefined;
const ownAddress = (key: string) => `${window.location.origin}${window.location.pathname}?permalink=${encodeURIComponent(key)}`;

/** A Superset dashboard. The SDK loads when the first one is shown. */
export function EmbeddedDashboard(props: EmbeddedDashboardProps) {
  const [holder] = useState(() => new Holder());
  return <Attempts key={`${props.dashboardKey}/${props.locale ?? ''}`} {...props} holder={holder} />;
}

function Attempts({
  state,
  onStateChange = nothing,
  onFailure = nothing,
  messages = english,
  permalinkUrl = ownAddress,
  height = 'content',
  ...props
}: EmbeddedDashboardProps & { holder: Holder }) {
  const [attempt, setAttempt] = useState({ number: 0, state: state ?? {}, byHand: false });
  const known = useRef<EmbedState>(attempt.state);
  const restarts = useRef<number[]>([]);

  // Counted at once: until the next frame stands, the one before must not tell its own state as the one that is wanted.
  const wanted = useRef(0);

  const tries = useRef(0);
  const waiting = useRef<AbortController>(null);

  const restart = useCallback((byHand = false) => {
    waiting.current?.abort();
    wanted.current += 1;
    setAttempt({ number: wanted.current, state: known.current, byHand });
  }, []);

  // What may pass is tried again while somebody looks.
  const fail = (failure: EmbedFailure) => {
    onFailure(failure);
    if (failure.mayPass) {
      const { signal } = (waiting.current = new AbortController());
      const patience = about(PAUSES_MS[Math.min(tries.current, PAUSES_MS.length - 1)]!, failure.retryAfter * 1_000);
      tries.current += 1;
      void pause(patience, signal)
        .then(() => seen(signal))
        .then(() => restart())
        .catch(() => undefined);
    }
  };

  useEffect(() => () => waiting.current?.abort(), []);

  const restartBounded = useCallback(() => {
    const now = Date.now();
    restarts.current = [...restarts.current.filter((time) => now - time < WITHIN_MS), now];
    if (restarts.current.length > MOST_RESTARTS) {
      restarts.current = [];
      throw new EmbedFailure('page-reloads', 'The page in the frame keeps reloading.');
    }
    restart();
  }, [restart]);

  const change = useCallback(
    (next: EmbedState, byItself: boolean) => {
      if (attempt.number === wanted.current && !sameState(next, known.current)) {
        known.current = next;
        onStateChange(next, byItself);
      }
    },
    [attempt.number, onStateChange],
  );

  useEffect(() => {
    if (state && !sameState(state, known.current)) {
      known.current = state;
      restart();
    }
  }, [state, restart]);

  return (
    <Frame
      key={attempt.number}
      {...props}
      height={height}
      state={attempt.state}
      messages={messages}
      permalinkUrl={permalinkUrl}
      onStateChange={change}
      takesFocus={attempt.byHand}
      onFailure={fail}
      onReady={() => (tries.current = 0)}
      onRetry={() => restart(true)}
      onDead={restartBounded}
    />
  );
}
