import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

/** What is asked of the Api. An answer that says that the session is over asks once more who is signed in. */
export function createQueryClient(retryDelay = 1_000): QueryClient {
  const look = (error: unknown, about?: unknown) => {
    if (error instanceof Problem && error.status === 401 && about !== 'user') {
      void client.invalidateQueries({ queryKey: ['user'] });
    }
  };
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({ onError: (error, { queryKey }) => look(error, queryKey[0]) }),
    mutationCache: new MutationCache({ onError: (error) => look(error) }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && Problem.of(error).mayPass,
        retryDelay,
      },
    },
  });
  return client;
}
