import { useQuery } from '@tanstack/react-query';
import { request } from '../api/request';

export interface Dashboard {
  key: string;
  title: string;
}

/** What is asked again when any dashboard is switched on or off begins with this. */
export const DASHBOARDS = 'dashboards';

/** The dashboards that the person may open; the first is the one to begin with. */
export function useDashboards() {
  return useQuery({ queryKey: [DASHBOARDS], queryFn: ({ signal }) => fetchDashboards(signal) });
}

async function fetchDashboards(signal: AbortSignal): Promise<Dashboard[]> {
  const { dashboards } = await request<{ dashboards: Dashboard[] }>('/api/dashboards', { signal });
  return dashboards;
}
