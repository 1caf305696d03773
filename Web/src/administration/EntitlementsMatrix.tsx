import { useDashboards } from '../dashboard/dashboards';
import { useTexts } from '../language/language';
import { TableScroll } from '../ui/TableScroll';
import type { Entitlement } from './administration';
import { isOpen, isTaken, ROLES, toggled } from './matrix';

interface Props {
  dashboards: string[];
  entitlements: Entitlement[];
  onChange: (entitlements: Entitlement[]) => void;
}

export function EntitlementsMatrix({ dashboards, entitlements, onChange }: Props) {
  const { entitlements: texts, session } = useTexts();
  const titles = new Map(useDashboards().data?.map(({ key, title }) => [key, title]));
  const nameOf = (key: string) => titles.get(key) ?? key;
  return (
    <TableScroll label={texts.title}>
      <table className="matrix">
        <thead>
          <tr>
            <th scope="col">{texts.dashboard}</th>
            {ROLES.map((role) => (
              <th key={role} scope="col">
                {session.roles[role]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {dashboards.map((dashboard) => (
            <tr key={dashboard}>
              <th scope="row">{nameOf(dashboard)}</th>
              {ROLES.map((role) => (
                <td key={role}>
                  <input
                    type="checkbox"
                    aria-label={texts.may(session.roles[role] ?? role, nameOf(dashboard))}
                    checked={isOpen(entitlements, dashboard, role)}
                    disabled={isTaken(entitlements, dashboard, role)}
                    onChange={() => onChange(toggled(entitlements, dashboard, role))}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableScroll>
  );
}
