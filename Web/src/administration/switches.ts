import { useQuery } from '@tanstack/react-query';
import { send } from '../api/request';
import { readTagged } from '../api/tagged';
import { DASHBOARDS } from '../dashboard/dashboards';

/** A dashboard of the installation, open to somebody or not. */
export interface KnownDashboard {
  key: string;
  title: string;
  enabled: boolean;
}

export interface Switched {
  dashboard: KnownDashboard;
  enabled: boolean;
  etag: string;
}

export function useKnownDashboards() {
  return useQuery({
    queryKey: [DASHBOARDS, 'known'],
    queryFn: ({ signal }) => readTagged<{ dashboards: KnownDashboard[] }>('/api/admin/dashboards', { signal }),
  });
}

/** Switches one on or off for everybody, if all still are as they were read. */
export const switchDashboard = ({ dashboard, enabled, etag }: Switched) =>
  send('PUT', `/api/admin/dashboards/${encodeURIComponent(dashboard.key)}`, { enabled }, { 'If-Match': etag });
