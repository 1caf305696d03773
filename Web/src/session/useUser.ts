import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { fetchUser, isSame, type User } from './user';

const USER = ['user'];

/** Who is signed in. What was answered to somebody else goes with them: the cookie is the whole browser's, this page is not. */
export function useUser() {
  const queries = useQueryClient();
  return useQuery({
    queryKey: USER,
    queryFn: async ({ signal }) => {
      const user = await fetchUser(signal);
      const before = queries.getQueryData<User | null>(USER);
      if (before && !(user && isSame(before, user))) {
        queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== USER[0] });
      }
      return user;
    },
  });
}

/** Asks again who is signed in, where an answer says that the session is over. */
export function useSessionCheck(): () => void {
  const queries = useQueryClient();
  return useCallback(() => void queries.invalidateQueries({ queryKey: USER }), [queries]);
}
