import { useTexts } from '../language/language';
import type { User } from '../session/user';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { QueryState } from '../ui/QueryState';
import { EmbedsTable } from './EmbedsTable';
import { useHealth } from './health';
import { Parts } from './Parts';

/** How the stack is, and each dashboard. */
export default function HealthPage({ user }: { user: User }) {
  const { health: texts } = useTexts();
  const health = useHealth();
  return (
    <div className="page">
      <PageTitle title={texts.title} tenant={user.tenant.name} />
      <PageHeader title={texts.title} text={texts.text} />
      <QueryState query={health} what={texts.title}>
        {({ parts, dashboards }) => (
          <>
            <Parts parts={parts} />
            <EmbedsTable dashboards={dashboards} />
          </>
        )}
      </QueryState>
    </div>
  );
}
