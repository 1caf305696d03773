import { useMutation } from '@tanstack/react-query';
import { signOut } from './user';

/** Leaves for where the identity provider ends its own session. */
export function useSignOut() {
  return useMutation({ mutationFn: signOut, onSuccess: (destination) => window.location.assign(destination) });
}
