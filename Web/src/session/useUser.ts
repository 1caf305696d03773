import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { fetchUser } from './user';

const USER = ['user'];

export function useUser() {
  return useQuery({ queryKey: USER, queryFn: ({ signal }) => fetchUser(signal) });
}

/** Asks again who is signed in, where an answer says that the session is over. */
export function useSessionCheck(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: USER }), [queries]);
}
