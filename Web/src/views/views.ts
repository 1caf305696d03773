import { useQuery } from '@tanstack/react-query';
import { post, request, send } from '../api/request';

/** A dashboard's state that the person keeps by name. */
export interface SavedView {
  id: string;
  dashboard: string;
  name: string;
  filters: string | null;
  permalink: string | null;
}

export const VIEWS = 'views';

export function useViews(dashboard: string) {
  return useQuery({
    queryKey: [VIEWS],
    queryFn: async ({ signal }) => (await request<{ views: SavedView[] }>('/api/views', { signal })).views,
    select: (views) => views.filter((view) => view.dashboard === dashboard),
  });
}

/** Keeps a state, in place of one of the same name. */
export const saveView = (view: Omit<SavedView, 'id'>) => post<SavedView>('/api/views', view);

export const deleteView = ({ id }: SavedView) => send('DELETE', `/api/views/${id}`);
