import { useQuery } from '@tanstack/react-query';
import { request, send } from '../api/request';
import { readTagged, type Tagged } from '../api/tagged';
import type { KnownDashboard } from './switches';

export interface Tenant {
  key: string;
  name: string;
  kind: string;
  isolation: string;
  enabled: boolean;
}

export interface Entitlement {
  dashboard: string;
  role: string;
  tenant: string;
  conditions: Record<string, string[]>;
}

export type Entitlements = Tagged<{ entitlements: Entitlement[] }>;

/** A dashboard that entitlements may be about. */
export type EntitledDashboard = Pick<KnownDashboard, 'key' | 'title'>;

export interface Revocation {
  kind: string;
  value: string;
  revoked_at: string;
  expires_at: string | null;
}

export const ENTITLEMENTS = 'entitlements';

export const KINDS = ['person', 'session', 'token', 'tenant', 'dashboard', 'all'] as const;

export function useTenants() {
  return useQuery({
    queryKey: ['tenants'],
    queryFn: async ({ signal }) => (await request<{ tenants: Tenant[] }>('/api/admin/tenants', { signal })).tenants,
  });
}

export function useRevocations() {
  return useQuery({
    queryKey: ['revocations'],
    queryFn: async ({ signal }) => (await request<{ revocations: Revocation[] }>('/api/admin/revocations', { signal })).revocations,
  });
}

export function useEntitlements() {
  return useQuery({
    queryKey: [ENTITLEMENTS],
    queryFn: ({ signal }) => readTagged<{ entitlements: Entitlement[] }>('/api/admin/entitlements', { signal }),
  });
}

/** Every dashboard that there is, those that nobody may open included; and what else is named in the entitlements. */
export function rowsOf(known: EntitledDashboard[], entitlements: Entitlement[]): EntitledDashboard[] {
  const rows = new Map(entitlements.map(({ dashboard }) => [dashboard, { key: dashboard, title: dashboard }]));
  known.forEach(({ key, title }) => rows.set(key, { key, title: title || key }));
  return [...rows.values()].toSorted((one, other) => one.title.localeCompare(other.title));
}

export const enableTenant = (key: string, enabled: boolean) => send('POST', `/api/admin/tenants/${encodeURIComponent(key)}/${enabled ? 'enable' : 'disable'}`);

export const revoke = (kind: string, value: string) => send('POST', '/api/admin/revocations', { kind, value: kind === 'all' ? '*' : value });

export const lift = (kind: string, value: string) => send('DELETE', `/api/admin/revocations/${encodeURIComponent(kind)}/${encodeURIComponent(value)}`);

/** Replaces all entitlements, if they still are what was read. */
export const saveEntitlements = ({ entitlements, etag }: Entitlements) => send('PUT', '/api/admin/entitlements', { entitlements }, { 'If-Match': etag });
