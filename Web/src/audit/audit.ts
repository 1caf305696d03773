import { useInfiniteQuery } from '@tanstack/react-query';
import { request } from '../api/request';

export interface AuditEvent {
  at: string;
  kind: string;
  outcome: 'allowed' | 'refused';
  reason: string | null;
  person: string | null;
  tenant: string | null;
  role: string | null;
  dashboards: string[] | null;
  address: string | null;
  correlation_id: string | null;
}

interface Page {
  events: AuditEvent[];
  next: string | null;
}

export const FILTERS = ['from', 'to', 'kind', 'outcome', 'dashboard', 'tenant', 'person'] as const;

export type AuditFilters = Partial<Record<(typeof FILTERS)[number], string>>;

export function queryOf(filters: AuditFilters, cursor?: string): string {
  const query = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
  if (cursor) {
    query.set('cursor', cursor);
  }
  return query.size === 0 ? '' : `?${query}`;
}

export function useAudit(filters: AuditFilters) {
  return useInfiniteQuery({
    queryKey: ['audit', filters],
    queryFn: ({ pageParam, signal }) => request<Page>(`/api/audit${queryOf(filters, pageParam)}`, { signal }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next,
  });
}
