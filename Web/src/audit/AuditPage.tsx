import { useSearchParams } from 'react-router';
import { useTexts } from '../language/language';
import { Loading } from '../notices/Loading';
import { ProblemNotice } from '../notices/ProblemNotice';
import type { User } from '../session/user';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { type AuditFilters, FILTERS, searchOf, useAudit } from './audit';
import { AuditExport } from './AuditExport';
import { AuditForm } from './AuditForm';
import { AuditTable } from './AuditTable';

export default function AuditPage({ user }: { user: User }) {
  const texts = useTexts();
  const [parameters, setParameters] = useSearchParams();
  const filters: AuditFilters = Object.fromEntries(FILTERS.flatMap((name) => (parameters.get(name) ? [[name, parameters.get(name)!]] : [])));
  const audit = useAudit(filters);
  const events = audit.data?.pages.flatMap((page) => page.events);
  const leadership = user.role === 'network';
  const show = (next: AuditFilters) => setParameters(searchOf(next));
  return (
    <div className="page">
      <PageTitle title={texts.audit.title} tenant={user.tenant.name} />
      <PageHeader title={texts.audit.title} text={texts.audit.text}>
        <AuditExport filters={filters} />
      </PageHeader>
      <AuditForm filters={filters} leadership={leadership} onChange={show} />
      {audit.isError && <ProblemNotice problem={audit.error} onRetry={() => void (audit.isFetchNextPageError ? audit.fetchNextPage() : audit.refetch())} />}
      {events ? (
        <>
          <AuditTable events={events} leadership={leadership} onPerson={(person) => show({ ...filters, person })} />
          {audit.hasNextPage && (
            <button type="button" className="button quiet" disabled={audit.isFetchingNextPage} onClick={() => void audit.fetchNextPage()}>
              {texts.table.more}
            </button>
          )}
        </>
      ) : (
        !audit.isError && <Loading what={texts.audit.title} />
      )}
    </div>
  );
}
