import { useSearchParams } from 'react-router';
import { useTexts } from '../language/language';
import { ProblemNotice } from '../notices/ProblemNotice';
import { Loading } from '../notices/Loading';
import type { User } from '../session/user';
import { Icon } from '../ui/Icon';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { type AuditFilters, FILTERS, queryOf, useAudit } from './audit';
import { AuditForm } from './AuditForm';
import { AuditTable } from './AuditTable';

export default function AuditPage({ user }: { user: User }) {
  const texts = useTexts();
  const [parameters, setParameters] = useSearchParams();
  const filters: AuditFilters = Object.fromEntries(FILTERS.flatMap((name) => (parameters.get(name) ? [[name, parameters.get(name)!]] : [])));
  const audit = useAudit(filters);
  const events = audit.data?.pages.flatMap((page) => page.events);
  return (
    <div className="page">
      <PageTitle title={texts.audit.title} tenant={user.tenant.name} />
      <PageHeader title={texts.audit.title} text={texts.audit.text}>
        <a className="button quiet" href={`/api/audit.csv${queryOf(filters)}`} download="audit.csv">
          <Icon name="download" />
          {texts.audit.export}
        </a>
      </PageHeader>
      <AuditForm key={parameters.toString()} filters={filters} leadership={user.role === 'network'} onChange={(next) => setParameters(queryOf(next))} />
      {audit.isError ? (
        <ProblemNotice problem={audit.error} onRetry={() => void audit.refetch()} />
      ) : events ? (
        <>
          <AuditTable events={events} leadership={user.role === 'network'} />
          {audit.hasNextPage && (
            <button type="button" className="button quiet" disabled={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
              {texts.table.more}
            </button>
          )}
        </>
      ) : (
        <Loading what={texts.audit.title} />
      )}
    </div>
  );
}
