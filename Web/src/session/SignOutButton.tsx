import { useTexts } from '../language/language';
import { useSignOut } from './useSignOut';

/** For pages that have no menu, because nobody can be shown anything. */
export function SignOutButton() {
  const { session } = useTexts();
  const leave = useSignOut();
  return (
    <>
      {leave.isError && (
        <span className="alert" role="alert">
          {session.signOutFailed}
        </span>
      )}
      <button type="button" className="button quiet" disabled={leave.isPending} onClick={() => leave.mutate()}>
        {session.signOut}
      </button>
    </>
  );
}
