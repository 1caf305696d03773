import { useTexts } from '../language/language';
import { TableScroll } from '../ui/TableScroll';
import type { EntitledDashboard, Entitlement } from './administration';
import { type Changes, isOpen, isTaken, ROLES } from './matrix';

interface Props {
  dashboards: EntitledDashboard[];
  entitlements: Entitlement[];
  changes: Changes;
  onTurn: (dashboard: string, role: string) => void;
}

export function EntitlementsMatrix({ dashboards, entitlements, changes, onTurn }: Props) {
  const { entitlements: texts, session } = useTexts();
  if (dashboards.length === 0) {
    return <p className="empty">{texts.none}</p>;
  }
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
          {dashboards.map(({ key, title }) => (
            <tr key={key}>
              <th scope="row">{title}</th>
              {ROLES.map((role) => (
                <td key={role} data-changed={changes.has(`${key}/${role}`) || undefined}>
                  <input
                    type="checkbox"
                    aria-label={texts.may(session.roles[role] ?? role, title) + (changes.has(`${key}/${role}`) ? ` (${texts.unsaved})` : '')}
                    checked={isOpen(entitlements, key, role)}
                    disabled={isTaken(entitlements, key, role)}
                    onChange={() => onTurn(key, role)}
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
