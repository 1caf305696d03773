import { useFormat } from '../language/format';
import { useTexts } from '../language/language';
import { Badge } from '../ui/Badge';
import { Table } from '../ui/Table';
import type { AuditEvent } from './audit';

export function AuditTable({ events, leadership, onPerson }: { events: AuditEvent[]; leadership: boolean; onPerson: (person: string) => void }) {
  const texts = useTexts();
  const format = useFormat();
  const { audit, session } = texts;
  if (events.length === 0) {
    return <p className="empty">{texts.table.none}</p>;
  }
  return (
    <Table
      label={audit.title}
      columns={[
        audit.at,
        audit.kind,
        audit.outcome,
        audit.reason,
        ...(leadership ? [audit.tenant] : []),
        audit.role,
        audit.dashboard,
        audit.person,
        audit.address,
      ]}
    >
      {events.map((event, place) => (
        // Rows have no id of their own and never change their order.
        // oxlint-disable-next-line react/no-array-index-key
        <tr key={`${event.at}/${place}`}>
          <td className="number">
            <time dateTime={event.at}>{format.time(event.at)}</time>
          </td>
          <td>{audit.kinds[event.kind] ?? event.kind}</td>
          <td>
            <Badge kind={event.outcome}>{audit.outcomes[event.outcome]}</Badge>
          </td>
          <td>{event.reason}</td>
          {leadership && <td>{event.tenant}</td>}
          <td>{event.role && (session.roles[event.role] ?? event.role)}</td>
          <td>{event.dashboards?.join(', ')}</td>
          <td className="code">
            {event.person && (
              <button
                type="button"
                className="link"
                aria-label={audit.onlyPerson(event.person)}
                title={audit.onlyPerson(event.person)}
                onClick={() => onPerson(event.person!)}
              >
                {event.person.slice(0, 8)}
              </button>
            )}
          </td>
          <td className="number">{event.address}</td>
        </tr>
      ))}
    </Table>
  );
}
