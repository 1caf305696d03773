import { EmbedFailure } from './failure.js';

/** The answer to a mint: a token, and what it opens where. */
export interface GuestToken {
  token: string;
  dashboards: { key: string; embedded_id: string; domain: string }[];
}

/** What a mint answered, where it is what embedding needs. */
export function readGuestToken(answer: unknown): GuestToken {
  const { token, dashboards } = (answer ?? {}) as Partial<Record<keyof GuestToken, unknown>>;
  if (typeof token === 'string' && Array.isArray(dashboards) && dashboards.every(isDashboard)) {
    return { token, dashboards };
  }
  throw new EmbedFailure('token-malformed', 'The mint answered without `token` and `dashboards: [{ key, embedded_id, domain }]`.');
}

function isDashboard(entry: unknown): entry is GuestToken['dashboards'][number] {
  const { key, embedded_id, domain } = (entry ?? {}) as Record<string, unknown>;
  return typeof key === 'string' && typeof embedded_id === 'string' && typeof domain === 'string' && URL.canParse(domain);
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
