import { Loading } from '../notices/Loading';
import { ProblemNotice } from '../notices/ProblemNotice';
import { Header } from '../session/Header';
import type { User } from '../session/user';
import { useDashboardKey } from './address';
import { DashboardNav } from './DashboardNav';
import { useDashboards } from './dashboards';
import { EmbeddedDashboard } from './EmbeddedDashboard';

/** The dashboard that the address names, or the first of the person's, under links to all of them. */
export function DashboardPage({ user }: { user: User }) {
  const dashboards = useDashboards();
  const named = useDashboardKey();
  const key = named ?? dashboards.data?.[0]?.key;
  const title = dashboards.data?.find((dashboard) => dashboard.key === key)?.title ?? 'Dashboards';

  return (
    <div className="page">
      <title>{`${title} · ${user.tenant.name}`}</title>
      <Header user={user} heading={title} />
      {dashboards.data && dashboards.data.length > 1 && <DashboardNav dashboards={dashboards.data} current={key ?? ''} />}
      <main className="page-main">{content()}</main>
    </div>
  );

  function content() {
    if (dashboards.data && key) {
      return <EmbeddedDashboard dashboardKey={key} title={title} />;
    }
    return (
      <div className="page-centre">
        {dashboards.data ? (
          <p>There is no dashboard for your role yet. Ask your administrator.</p>
        ) : dashboards.isError ? (
          <ProblemNotice problem={dashboards.error} onRetry={() => void dashboards.refetch()} />
        ) : (
          <Loading what="your dashboards" />
        )}
      </div>
    );
  }
}
