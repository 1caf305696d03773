import { QueryCache, QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

/** What is asked of the Api. An answer that says that the session is over asks once more who is signed in. */
export function createQueryClient(retryDelay = 1_000): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error, { queryKey }) => {
        if (error instanceof Problem && error.status === 401 && queryKey[0] !== 'user') {
          void client.invalidateQueries({ queryKey: ['user'] });
        }
      },
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && Problem.of(error).mayPass,
        retryDelay,
      },
    },
  });
  return client;
}
