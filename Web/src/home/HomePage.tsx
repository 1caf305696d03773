import { Link } from 'react-router';
import { type Dashboard, useDashboards } from '../dashboard/dashboards';
import { useTexts } from '../language/language';
import type { User } from '../session/user';
import { Icon } from '../ui/Icon';
import { QueryState } from '../ui/QueryState';
import { PageTitle } from '../ui/PageTitle';

/** What is open to this person. */
export function HomePage({ user }: { user: User }) {
  const { home } = useTexts();
  const dashboards = useDashboards();
  return (
    <>
      <PageTitle title={home.title} tenant={user.tenant.name} />
      <QueryState query={dashboards} what={home.yours}>
        {(all) => (
          <div className="page">
            <header className="page-header home-header">
              <div>
                <h1>{home.greeting(user.name)}</h1>
                <p>{all.length === 0 ? home.none : home.text(all.length)}</p>
              </div>
            </header>
            <ul className="cards">
              {all.map((dashboard) => (
                <Card key={dashboard.key} dashboard={dashboard} />
              ))}
            </ul>
          </div>
        )}
      </QueryState>
    </>
  );
}

function Card({ dashboard: { key, title } }: { dashboard: Dashboard }) {
  const { home } = useTexts();
  return (
    <li>
      <Link className="card card-link" to={`/dashboards/${key}`}>
        <Icon name="chart" />
        <h2>{title}</h2>
        {home.about[key] && <p>{home.about[key]}</p>}
        <span className="card-action" aria-hidden="true">
          {home.open} <Icon name="arrow" />
        </span>
      </Link>
    </li>
  );
}
