import { post } from './request';

export interface GuestToken {
  token: string;
  expires_at: string;
  dashboards: { key: string; embedded_id: string; domain: string }[];
}

/** Mints a token for one dashboard. It is handed to the embed and kept nowhere. */
export function mintGuestToken(dashboardKey: string, signal?: AbortSignal): Promise<GuestToken> {
  return post<GuestToken>('/api/superset/guest-token', { dashboard_key: dashboardKey }, signal);
}
