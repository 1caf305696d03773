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

export type AuditFilters = { [name in (typeof FILTERS)[number]]?: string | undefined };

/** For the address: as they were chosen. */
export function searchOf(filters: AuditFilters): string {
  return writeQuery(filters);
}

/** For the Api: a day begins where this browser is. */
export function queryOf({ from, to, ...others }: AuditFilters, cursor?: string): string {
  return writeQuery({ from: midnight(from), to: midnight(to), ...others }, cursor);
}

function midnight(day: string | undefined): string | undefined {
  const time = new Date(`${day}T00:00`);
  return day && !Number.isNaN(time.getTime()) ? time.toISOString() : day;
}

function writeQuery(filters: AuditFilters, cursor?: string): string {
  const query = new URLSearchParams(Object.entries(filters).filter((entry): entry is [string, string] => Boolean(entry[1])));
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
