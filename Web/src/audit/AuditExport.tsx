import { useMutation } from '@tanstack/react-query';
import { Problem } from '../api/problem';
import { request } from '../api/request';
import { useTexts } from '../language/language';
import { explain } from '../notices/explain';
import { Icon } from '../ui/Icon';
import { type AuditFilters, queryOf } from './audit';

/** The filtered audit as a file. Asked for before the browser fetches it: where it is refused, this page says so. */
export function AuditExport({ filters }: { filters: AuditFilters }) {
  const texts = useTexts();
  const query = queryOf(filters);
  const leave = useMutation({
    mutationFn: () => request(`/api/audit${query}${query ? '&' : '?'}limit=1`),
    onSuccess: () => window.location.assign(`/api/audit.csv${query}`),
  });
  return (
    <>
      {leave.isError && (
        <span className="alert" role="alert">
          {explain(Problem.of(leave.error), texts.embed).heading}
        </span>
      )}
      <button type="button" className="button quiet" disabled={leave.isPending} onClick={() => leave.mutate()}>
        <Icon name="download" />
        {texts.audit.export}
      </button>
    </>
  );
}
