import { useMutation, useQueryClient } from '@tanstack/react-query';

/** A change, after which what it is about is read again, and how to try it once more as it was wanted. */
export function useChange<T>(about: string, change: (wanted: T) => Promise<unknown>) {
  const queries = useQueryClient();
  const mutation = useMutation({ mutationFn: change, onSettled: () => queries.invalidateQueries({ queryKey: [about] }) });
  const again = () => mutation.variables !== undefined && mutation.mutate(mutation.variables);
  return { ...mutation, again };
}
