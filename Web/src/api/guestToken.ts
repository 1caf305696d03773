import type { GuestToken } from '@embedstack/embedded-dashboard';
import { post } from './request';

/** Mints a token for one dashboard. It is handed to the embed and kept nowhere. */
export function mintGuestToken(dashboardKey: string, signal?: AbortSignal): Promise<GuestToken> {
  return post<GuestToken>('/api/superset/guest-token', { dashboard_key: dashboardKey }, signal);
}
