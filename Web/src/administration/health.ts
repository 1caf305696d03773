import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request';

export interface PartHealth {
  name: string;
  state: 'up' | 'degraded' | 'down' | 'absent';
  milliseconds: number;
}

export interface EmbedHealth {
  key: string;
  title: string;
  installed: boolean;
  enabled: boolean;
  answered: number;
  refused: number;
  failed: number;
  last_at: string | null;
}

export interface StackHealth {
  parts: PartHealth[];
  dashboards: EmbedHealth[];
}

const EVERY_MS = 15_000;

/** Looked at again while somebody looks at it. */
export function useHealth() {
  return useQuery({
    queryKey: ['health'],
    queryFn: ({ signal }) => request<StackHealth>('/api/admin/health', { signal }),
    refetchInterval: EVERY_MS,
    // The next look is the next try; until then it is not known.
    retry: false,
    gcTime: 0,
  });
}
