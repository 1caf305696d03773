import { lazy, Suspense } from 'react';
import { Route, Routes, useLocation } from 'react-router';
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
import { useBrand } from './theme/brand';
import { NotFoundPage } from './ui/NotFoundPage';

const AuditPage = lazy(() => import('./audit/AuditPage'));
const TenantsPage = lazy(() => import('./administration/TenantsPage'));
const EntitlementsPage = lazy(() => import('./administration/EntitlementsPage'));
const HealthPage = lazy(() => import('./administration/HealthPage'));
const RevocationsPage = lazy(() => import('./administration/RevocationsPage'));

export function App() {
  const texts = useTexts();
  const user = useUser();
  useBrand(user.data?.tenant.accent);

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
  const full = pathname.startsWith('/dashboards/') && readSearch(search).full;
  const mayAudit = user.role === 'admin' || user.role === 'network';
  return (
    <Shell user={user} full={full}>
      <Suspense fallback={<Loading what={nav.oversight} />}>
        <Routes>
          <Route path="/" element={<HomePage user={user} />} />
          <Route path="/dashboards/:key" element={<DashboardPage user={user} />} />
          {mayAudit && <Route path="/audit" element={<AuditPage user={user} />} />}
          {mayAudit && <Route path="/administration/revocations" element={<RevocationsPage user={user} />} />}
          {user.role === 'network' && <Route path="/administration/clinics" element={<TenantsPage user={user} />} />}
          {user.role === 'network' && <Route path="/administration/health" element={<HealthPage user={user} />} />}
          {user.role === 'network' && <Route path="/administration/entitlements" element={<EntitlementsPage user={user} />} />}
          <Route path="*" element={<NotFoundPage tenant={user.tenant.name} />} />
        </Routes>
      </Suspense>
    </Shell>
  );
}
