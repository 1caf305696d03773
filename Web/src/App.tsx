import { lazy, Suspense, useInsertionEffect } from 'react';
import { Route, Routes, useLocation } from 'react-router';
import { holdFor } from './api/holder';
import { readSearch } from './dashboard/address';
import { DashboardPage } from './dashboard/DashboardPage';
import { HomePage } from './home/HomePage';
import { useTexts } from './language/language';
import { Loading } from './notices/Loading';
import { ProblemNotice } from './notices/ProblemNotice';
import { SignOutButton } from './session/SignOutButton';
import { SignedOut } from './session/SignedOut';
import { identityOf, type User } from './session/user';
import { useUser } from './session/useUser';
import { Shell } from './shell/Shell';
import { useArrival } from './shell/useArrival';
import { useBrand } from './theme/brand';
import { Boundary } from './ui/Boundary';
import { BrokenPage } from './ui/Broken';
import { loaded } from './ui/loaded';
import { NotFoundPage } from './ui/NotFoundPage';

const AuditPage = lazy(loaded(() => import('./audit/AuditPage')));
const SwitchesPage = lazy(loaded(() => import('./administration/SwitchesPage')));
const TenantsPage = lazy(loaded(() => import('./administration/TenantsPage')));
const EntitlementsPage = lazy(loaded(() => import('./administration/EntitlementsPage')));
const HealthPage = lazy(loaded(() => import('./administration/HealthPage')));
const RevocationsPage = lazy(loaded(() => import('./administration/RevocationsPage')));

export function App() {
  const texts = useTexts();
  const user = useUser();
  useBrand(user.data === undefined ? undefined : (user.data?.tenant.accent ?? null));

  if (user.data === null) {
    return <SignedOut />;
  }

  if (user.data) {
    return <Pages key={identityOf(user.data)} user={user.data} />;
  }

  return (
    <main className="page-centre">
      {user.isError ? (
        <ProblemNotice problem={user.error} onRetry={() => void user.refetch()}>
          <SignOutButton />
        </ProblemNotice>
      ) : (
        <Loading what={texts.product} />
      )}
    </main>
  );
}

function Pages({ user }: { user: User }) {
  const { nav } = useTexts();
  const { pathname, search } = useLocation();
  useArrival();
  const full = pathname.startsWith('/dashboards/') && readSearch(search).full;
  const mayAudit = user.role === 'admin' || user.role === 'network';
  // As these pages take the former ones' place, and before any of them asks for anything.
  useInsertionEffect(() => {
    holdFor(user.tag ?? null);
    return () => holdFor(null);
  }, [user.tag]);
  return (
    <Shell user={user} full={full}>
      <Boundary resetBy={pathname} renderFailure={(error) => <BrokenPage error={error} />}>
        <Suspense fallback={<Loading what={nav.oversight} />}>
          <Routes>
            <Route path="/" element={<HomePage user={user} />} />
            <Route path="/dashboards/:key" element={<DashboardPage user={user} />} />
            {mayAudit && <Route path="/audit" element={<AuditPage user={user} />} />}
            {mayAudit && <Route path="/administration/revocations" element={<RevocationsPage user={user} />} />}
            {user.role === 'network' && <Route path="/administration/clinics" element={<TenantsPage user={user} />} />}
            {user.role === 'network' && <Route path="/administration/health" element={<HealthPage user={user} />} />}
            {user.role === 'network' && <Route path="/administration/entitlements" element={<EntitlementsPage user={user} />} />}
            {user.role === 'network' && <Route path="/administration/switches" element={<SwitchesPage user={user} />} />}
            <Route path="*" element={<NotFoundPage tenant={user.tenant.name} />} />
          </Routes>
        </Suspense>
      </Boundary>
    </Shell>
  );
}
