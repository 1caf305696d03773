import { EmbedFailure } from './failure';

/** The answer to a mint: a token, and what it opens where. */
export interface GuestToken {
  token: string;
  dashboards: { key: string; embedded_id: string; domain: string }[];
}

/** Asks the host's back end for a token. It is called for the first token and for each one that follows. */
export type Mint = (dashboardKey: string, signal: AbortSignal) => Promise<GuestToken>;

export interface Claims {
  /** When the token ends, in milliseconds since 1970. The SDK reads the same claim and needs it in whole seconds. */
  expiry: number;
  /** For whom it was made: the person, or in a token of Superset's own what rows are seen. */
  holder: string | undefined;
}

/** What a token says to whoever has it. */
export function claimsOf(token: string): Claims {
  try {
    const [, payload] = token.split('.');
    const text = atob(payload!.replaceAll('-', '+').replaceAll('_', '/'));
    const { exp, sub, user } = JSON.parse(text) as { exp?: unknown; sub?: string; user?: { username?: string } };
    if (typeof exp === 'number' && Number.isFinite(exp)) {
      return { expiry: exp * 1000, holder: sub ?? user?.username };
    }
  } catch {
    // Falls through: what cannot be read has no end that anybody could keep.
  }
  throw new EmbedFailure('token-malformed', 'The token is no JWT with an `exp` in seconds.');
}
