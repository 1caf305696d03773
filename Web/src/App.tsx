import { DashboardPage } from './dashboard/DashboardPage';
import { Loading } from './notices/Loading';
import { ProblemNotice } from './notices/ProblemNotice';
import { SignedOut } from './session/SignedOut';
import { SignOutButton } from './session/SignOutButton';
import { useUser } from './session/useUser';

export function App() {
  const user = useUser();

  if (user.data === null) {
    return <SignedOut />;
  }

  if (user.data) {
    return <DashboardPage user={user.data} />;
  }

  return (
    <main className="page-centre">
      {user.isError ? (
        <ProblemNotice problem={user.error} onRetry={() => void user.refetch()}>
          <SignOutButton />
        </ProblemNotice>
      ) : (
        <Loading what="EmbedStack" />
      )}
    </main>
  );
}
