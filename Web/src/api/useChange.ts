import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change, after which what it is about is read again. */
export function useChange<T>(about: string, change: (wanted: T) => Promise<unknown>) {
  const queries = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => queries.invalidateQueries({ queryKey: [about] }) });
}
