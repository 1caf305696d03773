import { dashboardPath, follow } from './address';
import type { Dashboard } from './dashboards';

export function DashboardNav({ dashboards, current }: { dashboards: Dashboard[]; current: string }) {
  return (
    <nav className="dashboard-nav" aria-label="Dashboards">
      <ul>
        {dashboards.map(({ key, title }) => (
          <li key={key}>
            <a href={dashboardPath(key)} onClick={follow} aria-current={key === current ? 'page' : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
