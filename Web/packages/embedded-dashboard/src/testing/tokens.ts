import { vi } from 'vitest';
import type { GuestToken, Mint } from '../guestToken';

const part = (value: unknown) => btoa(JSON.stringify(value));

export const jwt = (seconds: number, name: string, person = 'nora') =>
  `${part({ alg: 'none' })}.${part({ exp: Math.floor(Date.now() / 1000) + seconds, jti: name, sub: person })}.x`;

export const answerWith = (dashboardKey: string, token: string): GuestToken => ({
  token,
  dashboards: [{ key: dashboardKey, embedded_id: `embedded-${dashboardKey}`, domain: 'http://127.0.0.1:5181' }],
});

/** Mints tokens that hold for so many seconds, each another one. */
export function minting(seconds = 300) {
  let count = 0;
  return vi.fn<Mint>(async (dashboardKey) => answerWith(dashboardKey, jwt(seconds, `${(count += 1)}`)));
}

export const refusal = (status: number, slug: string) => Object.assign(new Error('The Api says so.'), { status, slug });
