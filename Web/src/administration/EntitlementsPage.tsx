import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Problem } from '../api/problem';
import { useChange } from '../api/useChange';
import { useTexts } from '../language/language';
import { ProblemNotice } from '../notices/ProblemNotice';
import type { User } from '../session/user';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { QueryState } from '../ui/QueryState';
import { type Entitlements, ENTITLEMENTS, rowsOf, saveEntitlements, useEntitlements } from './administration';
import { EntitlementsMatrix } from './EntitlementsMatrix';
import { changed, type Changes, type Draft, isPlain, onto, turned } from './matrix';
import { SpecialEntitlements } from './SpecialEntitlements';
import { useKnownDashboards } from './switches';

const NONE: Changes = new Map();

export default function EntitlementsPage({ user }: { user: User }) {
  const { entitlements: texts } = useTexts();
  const queries = useQueryClient();
  const query = useEntitlements();
  const known = useKnownDashboards();
  const [draft, setDraft] = useState<Draft | null>(null);
  const [conflict, setConflict] = useState(false);
  const save = useChange(ENTITLEMENTS, ({ base, changes }: Draft) => saveEntitlements({ entitlements: changed(base.entitlements, changes), etag: base.etag }));

  const end = (next: Draft | null) => {
    setDraft(next);
    setConflict(false);
  };

  // What was wanted stays, on what somebody else has made of it meanwhile: whoever wanted it looks again, and then saves.
  const refused = (error: unknown, wanted: Draft) => {
    const theirs = queries.getQueryData<Entitlements>([ENTITLEMENTS]);
    if (error instanceof Problem && error.slug === 'precondition-failed' && theirs) {
      setDraft(onto(theirs, wanted));
      setConflict(true);
    }
  };

  return (
    <div className="page">
      <PageTitle title={texts.title} tenant={user.tenant.name} />
      <PageHeader title={texts.title} text={texts.text}>
        <output className="said">{save.isSuccess && !draft && texts.saved}</output>
        {draft && (
          <>
            <button type="button" className="button quiet" onClick={() => end(null)}>
              {texts.discard}
            </button>
            <button
              type="button"
              className="button"
              disabled={save.isPending}
              onClick={() => save.mutate(draft, { onSuccess: () => end(null), onError: refused })}
            >
              {texts.save}
            </button>
          </>
        )}
      </PageHeader>
      {conflict && (
        <p className="alert" role="alert">
          {draft ? texts.conflict(draft.changes.size) : texts.same}
        </p>
      )}
      {save.isError && !conflict && (
        <ProblemNotice problem={save.error} onRetry={() => draft && save.mutate(draft, { onSuccess: () => end(null), onError: refused })} />
      )}
      <QueryState query={known} what={texts.title}>
        {({ dashboards }) => (
          <QueryState query={query} what={texts.title}>
            {(read) => {
              const { base, changes } = draft ?? { base: read, changes: NONE };
              return (
                <>
                  <EntitlementsMatrix
                    dashboards={rowsOf(dashboards, base.entitlements)}
                    entitlements={changed(base.entitlements, changes)}
                    changes={changes}
                    onTurn={(dashboard, role) => {
                      save.reset();
                      setDraft(turned(base, changes, dashboard, role));
                    }}
                  />
                  <SpecialEntitlements entitlements={base.entitlements.filter((entry) => !isPlain(entry))} />
                </>
              );
            }}
          </QueryState>
        )}
      </QueryState>
    </div>
  );
}
