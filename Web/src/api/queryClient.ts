import { QueryClient } from '@tanstack/react-query';
import { Problem } from './problem';

export function createQueryClient(retryDelay = 1_000): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && Problem.of(error).mayPass,
        retryDelay,
      },
    },
  });
}
