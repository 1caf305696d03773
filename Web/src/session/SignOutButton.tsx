import { useMutation } from '@tanstack/react-query';
import { signOut } from './user';

export function SignOutButton() {
  const leave = useMutation({
    mutationFn: signOut,
    onSuccess: (destination) => window.location.assign(destination),
  });
  return (
    <>
      {leave.isError && (
        <span className="alert" role="alert">
          Signing out did not work.
        </span>
      )}
      <button type="button" className="button quiet" disabled={leave.isPending} onClick={() => leave.mutate()}>
        Sign out
      </button>
    </>
  );
}
