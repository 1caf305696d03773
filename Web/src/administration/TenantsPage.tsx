import { useChange } from '../api/useChange';
import { useTexts } from '../language/language';
import { ProblemNotice } from '../notices/ProblemNotice';
import { Table } from '../ui/Table';
import type { User } from '../session/user';
import { Badge } from '../ui/Badge';
import { ConfirmDialog, useQuestion } from '../ui/ConfirmDialog';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { QueryState } from '../ui/QueryState';
import { RowButton } from '../ui/RowButton';
import { enableTenant, type Tenant, useTenants } from './administration';

export default function TenantsPage({ user }: { user: User }) {
  const { tenants: texts } = useTexts();
  const tenants = useTenants();
  const change = useChange('tenants', ({ key, enabled }: Tenant) => enableTenant(key, !enabled));
  const question = useQuestion<Tenant>(change.mutate);
  return (
    <div className="page">
      <PageTitle title={texts.title} tenant={user.tenant.name} />
      <PageHeader title={texts.title} text={texts.text} />
      {change.isError && <ProblemNotice problem={change.error} onRetry={change.again} />}
      <QueryState query={tenants} what={texts.title}>
        {(all) => (
          <Table label={texts.title} columns={[texts.name, texts.key, texts.isolation, texts.state]} action={`${texts.disable}, ${texts.enable}`}>
            {all.map((tenant) => (
              <tr key={tenant.key}>
                <th scope="row">{tenant.name}</th>
                <td className="code">{tenant.key}</td>
                <td>{texts.isolations[tenant.isolation] ?? tenant.isolation}</td>
                <td>
                  <Badge kind={tenant.enabled ? 'allowed' : 'refused'}>{tenant.enabled ? texts.enabled : texts.disabled}</Badge>
                </td>
                <td className="row-action">
                  {tenant.key === user.tenant.key ? (
                    <span className="quiet-text">{texts.own}</span>
                  ) : (
                    <RowButton
                      text={tenant.enabled ? texts.disable : texts.enable}
                      about={tenant.name}
                      disabled={change.isPending}
                      onClick={() => (tenant.enabled ? question.ask : change.mutate)(tenant)}
                    />
                  )}
                </td>
              </tr>
            ))}
          </Table>
        )}
      </QueryState>
      <ConfirmDialog {...question.dialog} heading={texts.confirm(question.asked?.name ?? '')} text={texts.consequence} action={texts.disable} />
    </div>
  );
}
