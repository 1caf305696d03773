import { useState } from 'react';
import { Problem } from '../api/problem';
import { useChange } from '../api/useChange';
import { useTexts } from '../language/language';
import { ProblemNotice } from '../notices/ProblemNotice';
import type { User } from '../session/user';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { QueryState } from '../ui/QueryState';
import { type Entitlement, saveEntitlements, useEntitlements } from './administration';
import { EntitlementsMatrix } from './EntitlementsMatrix';
import { isPlain } from './matrix';
import { SpecialEntitlements } from './SpecialEntitlements';

export default function EntitlementsPage({ user }: { user: User }) {
  const { entitlements: texts } = useTexts();
  const query = useEntitlements();
  const [draft, setDraft] = useState<Entitlement[] | null>(null);
  const save = useChange('entitlements', saveEntitlements);
  const conflict = save.error instanceof Problem && save.error.slug === 'precondition-failed';
  return (
    <div className="page">
      <PageTitle title={texts.title} tenant={user.tenant.name} />
      <PageHeader title={texts.title} text={texts.text}>
        <output className="said">{save.isSuccess && !draft && texts.saved}</output>
        {draft && (
          <>
            <button type="button" className="button quiet" onClick={() => setDraft(null)}>
              {texts.discard}
            </button>
            <button
              type="button"
              className="button"
              disabled={save.isPending || !query.data}
              onClick={() => query.data && save.mutate({ entitlements: draft, etag: query.data.etag }, { onSettled: () => setDraft(null) })}
            >
              {texts.save}
            </button>
          </>
        )}
      </PageHeader>
      {conflict && (
        <p className="alert" role="alert">
          {texts.conflict}
        </p>
      )}
      {save.isError && !conflict && <ProblemNotice problem={save.error} onRetry={save.reset} />}
      <QueryState query={query} what={texts.title}>
        {({ entitlements }) => (
          <>
            <EntitlementsMatrix
              dashboards={[...new Set(entitlements.map(({ dashboard }) => dashboard))].toSorted()}
              entitlements={draft ?? entitlements}
              onChange={(next) => {
                save.reset();
                setDraft(next);
              }}
            />
            <SpecialEntitlements entitlements={entitlements.filter((entry) => !isPlain(entry))} />
          </>
        )}
      </QueryState>
    </div>
  );
}
