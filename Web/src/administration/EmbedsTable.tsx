import { useFormat } from '../language/format';
import { useTexts } from '../language/language';
import { TableScroll } from '../ui/TableScroll';
import type { EmbedHealth } from './health';

export function EmbedsTable({ dashboards }: { dashboards: EmbedHealth[] }) {
  const { health: texts } = useTexts();
  const format = useFormat();
  return (
    <TableScroll label={texts.dashboards}>
      <table>
        <thead>
          <tr>
            <th scope="col">{texts.dashboard}</th>
            <th scope="col">{texts.state}</th>
            <th scope="col">{texts.answered}</th>
            <th scope="col">{texts.refused}</th>
            <th scope="col">{texts.failed}</th>
            <th scope="col">{texts.last}</th>
          </tr>
        </thead>
        <tbody>
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
        </tbody>
      </table>
    </TableScroll>
  );
}

function State({ dashboard: { installed, enabled, answered, failed } }: { dashboard: EmbedHealth }) {
  const { health: texts } = useTexts();
  const [kind, text] = !installed
    ? ['refused', texts.missing]
    : !enabled
      ? ['refused', texts.off]
      : failed > 0
        ? answered > failed
          ? ['warned', texts.failsAtTimes]
          : ['refused', texts.fails]
        : ['allowed', texts.works];
  return (
    <span className="badge" data-kind={kind}>
      {text}
    </span>
  );
}
