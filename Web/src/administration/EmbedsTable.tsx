import { useFormat } from '../language/format';
import { useTexts } from '../language/language';
import { Badge } from '../ui/Badge';
import { Table } from '../ui/Table';
import type { EmbedHealth } from './health';

export function EmbedsTable({ dashboards }: { dashboards: EmbedHealth[] }) {
  const { health: texts } = useTexts();
  const format = useFormat();
  if (dashboards.length === 0) {
    return <p className="empty">{texts.none}</p>;
  }
  return (
    <Table label={texts.dashboards} columns={[texts.dashboard, texts.state, texts.answered, texts.refused, texts.failed, texts.last]}>
      {dashboards.map((dashboard) => (
        <tr key={dashboard.key}>
          <th scope="row">{dashboard.title}</th>
          <td>
            <State dashboard={dashboard} />
          </td>
          <td className="number">{format.number(dashboard.answered)}</td>
          <td className="number">{format.number(dashboard.refused)}</td>
          <td className="number">{format.number(dashboard.failed)}</td>
          <td className="number">{dashboard.last_at ? format.time(dashboard.last_at) : texts.never}</td>
        </tr>
      ))}
    </Table>
  );
}

/** What is known of it: nobody's answer is no sign that it works, and refusals alone are what a broken right gives. */
function State({ dashboard: { installed, enabled, answered, refused, failed } }: { dashboard: EmbedHealth }) {
  const { health: texts } = useTexts();
  if (!installed || !enabled) {
    return <Badge kind="refused">{installed ? texts.off : texts.missing}</Badge>;
  }
  if (failed > 0) {
    return answered > failed ? <Badge kind="warned">{texts.failsAtTimes}</Badge> : <Badge kind="refused">{texts.fails}</Badge>;
  }
  if (refused > answered) {
    return answered > 0 ? <Badge kind="warned">{texts.mostlyRefused}</Badge> : <Badge kind="refused">{texts.allRefused}</Badge>;
  }
  return answered > 0 ? <Badge kind="allowed">{texts.works}</Badge> : <Badge kind="none">{texts.unasked}</Badge>;
}
