import { useFormat } from '../language/format';
import { useTexts } from '../language/language';
import { Loading } from '../notices/Loading';
import { ProblemNotice } from '../notices/ProblemNotice';
import type { User } from '../session/user';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { EmbedsTable } from './EmbedsTable';
import { useHealth } from './health';
import { Parts } from './Parts';

/** How the stack is, and each dashboard. What cannot be asked is not shown as it was: nobody knows how it is. */
export default function HealthPage({ user }: { user: User }) {
  const { health: texts } = useTexts();
  const format = useFormat();
  const { data, isError, error, dataUpdatedAt, refetch } = useHealth();
  return (
    <div className="page">
      <PageTitle title={texts.title} tenant={user.tenant.name} />
      <PageHeader title={texts.title} text={texts.text} />
      {dataUpdatedAt > 0 && <p className="quiet-text">{(isError ? texts.lastKnown : texts.asOf)(format.time(dataUpdatedAt))}</p>}
      {isError ? (
        <ProblemNotice problem={error} onRetry={() => void refetch()} />
      ) : data ? (
        <>
          <Parts parts={data.parts} />
          <EmbedsTable dashboards={data.dashboards} />
        </>
      ) : (
        <Loading what={texts.title} />
      )}
    </div>
  );
}
