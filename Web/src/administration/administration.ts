import { useQuery } from '@tanstack/react-query';
import { request, send } from '../api/request';

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

export interface Entitlements {
  entitlements: Entitlement[];
  etag: string;
}

export interface Revocation {
  kind: string;
  value: string;
  revoked_at: string;
  expires_at: string | null;
}

export const KINDS = ['person', 'session', 'tenant', 'dashboard', 'all'] as const;

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
  return useQuery({ queryKey: ['entitlements'], queryFn: ({ signal }) => readEntitlements({ signal }) });
}

export const enableTenant = (key: string, enabled: boolean) =>
  send('POST', `/api/admin/tenants/${encodeURIComponent(key)}/${enabled ? 'enable' : 'disable'}`);

export const revoke = (kind: string, value: string) => send('POST', '/api/admin/revocations', { kind, value: kind === 'all' ? '*' : value });

export const lift = (kind: string, value: string) =>
  send('DELETE', `/api/admin/revocations/${encodeURIComponent(kind)}/${encodeURIComponent(value)}`);

/** Replaces all entitlements, if they still are what was read. */
export const saveEntitlements = ({ entitlements, etag }: Entitlements) =>
  send('PUT', '/api/admin/entitlements', { entitlements }, { 'If-Match': etag });

async function readEntitlements(init: RequestInit): Promise<Entitlements> {
  let etag = '';
  const { entitlements } = await request<{ entitlements: Entitlement[] }>('/api/admin/entitlements', init, (headers) => {
    etag = headers.get('ETag') ?? '';
  });
  return { entitlements, etag };
}
