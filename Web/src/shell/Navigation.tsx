import { useId } from 'react';
import { NavLink } from 'react-router';
import { useDashboards } from '../dashboard/dashboards';
import { useTexts } from '../language/language';
import type { User } from '../session/user';
import { Icon, type IconName } from '../ui/Icon';
import { oversightOf } from './navigation';

export function Navigation({ user, onFollow }: { user: User; onFollow?: () => void }) {
  const id = useId();
  const texts = useTexts();
  const dashboards = useDashboards();
  const oversight = oversightOf(user, texts);
  return (
    <nav className="nav" aria-label={texts.nav.main}>
      <ul>
        <Entry to="/" label={texts.nav.home} icon="home" onFollow={onFollow} />
      </ul>
      {dashboards.data && dashboards.data.length > 0 && (
        <>
          <p id={`${id}-dashboards`}>{texts.nav.dashboards}</p>
          <ul aria-labelledby={`${id}-dashboards`}>
            {dashboards.data.map(({ key, title }) => (
              <Entry key={key} to={`/dashboards/${key}`} label={title} icon="chart" onFollow={onFollow} />
            ))}
          </ul>
        </>
      )}
      {/* After the dashboards, once it is known how many there are: nothing moves then. */}
      {oversight.length > 0 && !dashboards.isPending && (
        <>
          <p id={`${id}-oversight`}>{texts.nav.oversight}</p>
          <ul aria-labelledby={`${id}-oversight`}>
            {oversight.map((destination) => (
              <Entry key={destination.to} {...destination} onFollow={onFollow} />
            ))}
          </ul>
        </>
      )}
    </nav>
  );
}

function Entry({ to, label, icon, onFollow }: { to: string; label: string; icon: IconName; onFollow: (() => void) | undefined }) {
  return (
    <li>
      <NavLink to={to} end onClick={onFollow} className="nav-link">
        <Icon name={icon} />
        <span>{label}</span>
      </NavLink>
    </li>
  );
}
