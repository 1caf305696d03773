import { useState } from 'react';
import { useChange } from '../api/useChange';
import { useFormat } from '../language/format';
import { useTexts } from '../language/language';
import { ProblemNotice } from '../notices/ProblemNotice';
import { Table } from '../ui/Table';
import type { User } from '../session/user';
import { ConfirmDialog, useQuestion } from '../ui/ConfirmDialog';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { QueryState } from '../ui/QueryState';
import { RowButton } from '../ui/RowButton';
import { KINDS, lift, revoke, useRevocations } from './administration';
import { RevocationForm } from './RevocationForm';

type Wanted = { kind: string; value: string };

export default function RevocationsPage({ user }: { user: User }) {
  const { revocations: texts } = useTexts();
  const format = useFormat();
  const revocations = useRevocations();
  const adding = useChange('revocations', ({ kind, value }: Wanted) => revoke(kind, value));
  const [typed, setTyped] = useState('');
  const question = useQuestion<Wanted>((wanted) => adding.mutate(wanted, { onSuccess: () => setTyped('') }));
  const lifting = useChange('revocations', ({ kind, value }: Wanted) => lift(kind, value));
  const failed = [adding, lifting].find((change) => change.isError);
  return (
    <div className="page">
      <PageTitle title={texts.title} tenant={user.tenant.name} />
      <PageHeader title={texts.title} text={texts.text} />
      <RevocationForm
        kinds={user.role === 'network' ? [...KINDS] : ['person', 'session']}
        typed={typed}
        disabled={adding.isPending}
        onType={setTyped}
        onRevoke={question.ask}
      />
      {failed && <ProblemNotice problem={failed.error} onRetry={failed.again} />}
      <QueryState query={revocations} what={texts.title}>
        {(all) =>
          all.length === 0 ? (
            <p className="empty">{texts.none}</p>
          ) : (
            <Table label={texts.title} columns={[texts.kind, texts.value, texts.since, texts.until]} action={texts.lift}>
              {all.map((entry) => (
                <tr key={`${entry.kind}/${entry.value}`}>
                  <th scope="row">{texts.kinds[entry.kind] ?? entry.kind}</th>
                  <td className="code">{entry.value}</td>
                  <td className="number">{format.time(entry.revoked_at)}</td>
                  <td className="number">{entry.expires_at ? format.time(entry.expires_at) : texts.lifted}</td>
                  <td className="row-action">
                    {entry.expires_at === null && (
                      <RowButton
                        text={texts.lift}
                        about={`${texts.kinds[entry.kind] ?? entry.kind} ${entry.value}`}
                        disabled={lifting.isPending}
                        onClick={() => lifting.mutate(entry)}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </Table>
          )
        }
      </QueryState>
      <ConfirmDialog {...question.dialog} heading={texts.confirm} text={texts.consequence} action={texts.add} />
    </div>
  );
}
