import { EmbeddedDashboard } from './dashboard/EmbeddedDashboard';
import { Loading } from './notices/Loading';
import { ProblemNotice } from './notices/ProblemNotice';
import { Header } from './session/Header';
import { SignedOut } from './session/SignedOut';
import { SignOutButton } from './session/SignOutButton';
import { useUser } from './session/useUser';

export function App() {
  const user = useUser();

  if (user.data === null) {
    return <SignedOut />;
  }

  if (user.data) {
    return (
      <div className="page">
        <title>{`Clinic overview · ${user.data.tenant.name}`}</title>
        <Header user={user.data} heading="Clinic overview" />
        <main className="page-main">
          <EmbeddedDashboard dashboardKey="clinic" title="Clinic overview" />
        </main>
      </div>
    );
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
