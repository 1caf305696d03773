import { type ReactNode, type Ref, useCallback, useEffect, useRef, useState } from 'react';
import { EmbedFailure } from './failure';
import { Frame } from './Frame';
import type { Mint } from './guestToken';
import { english, type Messages } from './messages';
import { type EmbedState, sameState } from './state';
import type { EmbedTheme } from './theme';

const MOST_RESTARTS = 3;
const WITHIN_MS = 60_000;

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
  /** Called for every token. What it throws is read by its `status` and `slug`. */
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
  return <Attempts key={`${props.dashboardKey}/${props.locale ?? ''}`} {...props} />;
}

function Attempts({ state, onStateChange = nothing, onFailure = nothing, messages = english, permalinkUrl = ownAddress, height = 'content', ...props }: EmbeddedDashboardProps) {
  const [attempt, setAttempt] = useState({ number: 0, state: state ?? {} });
  const known = useRef<EmbedState>(attempt.state);
  const restarts = useRef<number[]>([]);

  // Counted at once: until the next frame stands, the one before must not tell its own state as the one that is wanted.
  const wanted = useRef(0);

  const restart = useCallback(() => {
    wanted.current += 1;
    setAttempt({ number: wanted.current, state: known.current });
  }, []);

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
      onFailure={onFailure}
      onRetry={restart}
      onDead={restartBounded}
    />
  );
}
