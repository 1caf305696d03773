import { useChange } from '../api/useChange';
import { DASHBOARDS } from '../dashboard/dashboards';
import { useTexts } from '../language/language';
import { ProblemNotice } from '../notices/ProblemNotice';
import type { User } from '../session/user';
import { Badge } from '../ui/Badge';
import { ConfirmDialog, useQuestion } from '../ui/ConfirmDialog';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { QueryState } from '../ui/QueryState';
import { RowButton } from '../ui/RowButton';
import { Table } from '../ui/Table';
import { switchDashboard, type Switched, useKnownDashboards } from './switches';

/** Which dashboards are on. */
export default function SwitchesPage({ user }: { user: User }) {
  const { switches: texts } = useTexts();
  const known = useKnownDashboards();
  // What this person may open, and what stands there, are read again together.
  const change = useChange(DASHBOARDS, switchDashboard);
  const question = useQuestion<Switched>(change.mutate);
  return (
    <div className="page">
      <PageTitle title={texts.title} tenant={user.tenant.name} />
      <PageHeader title={texts.title} text={texts.text} />
      {change.isError && <ProblemNotice problem={change.error} onRetry={change.again} />}
      <QueryState query={known} what={texts.title}>
        {({ dashboards, etag }) =>
          dashboards.length === 0 ? (
            <p className="empty">{texts.none}</p>
          ) : (
            <Table label={texts.title} columns={[texts.dashboard, texts.key, texts.state]} action={`${texts.turnOff}, ${texts.turnOn}`}>
              {dashboards.map((dashboard) => (
                <tr key={dashboard.key}>
                  <th scope="row">{dashboard.title}</th>
                  <td className="code">{dashboard.key}</td>
                  <td>
                    <Badge kind={dashboard.enabled ? 'allowed' : 'refused'}>{dashboard.enabled ? texts.on : texts.off}</Badge>
                  </td>
                  <td className="row-action">
                    <RowButton
                      text={dashboard.enabled ? texts.turnOff : texts.turnOn}
                      about={dashboard.title}
                      disabled={change.isPending}
                      onClick={() => (dashboard.enabled ? question.ask : change.mutate)({ dashboard, enabled: !dashboard.enabled, etag })}
                    />
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </QueryState>
      <ConfirmDialog {...question.dialog} heading={texts.confirm(question.asked?.dashboard.title ?? '')} text={texts.consequence} action={texts.turnOff} />
    </div>
  );
}
