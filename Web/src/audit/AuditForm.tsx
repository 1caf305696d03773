import { useTexts } from '../language/language';
import { Field } from '../ui/Field';
import type { AuditFilters } from './audit';

interface Props {
  filters: AuditFilters;
  leadership: boolean;
  onChange: (filters: AuditFilters) => void;
}

/** Filters of the audit. Each is asked for as soon as it is whole. */
export function AuditForm({ filters, leadership, onChange }: Props) {
  const { audit } = useTexts();
  const set = (name: keyof AuditFilters) => (value: string) => onChange({ ...filters, [name]: value.trim() });
  return (
    <form className="filters" aria-label={audit.filters} onSubmit={(event) => event.preventDefault()}>
      <Field label={audit.from} type="date" value={filters.from} max={filters.to} onCommit={set('from')} />
      <Field label={audit.to} type="date" value={filters.to} min={filters.from} onCommit={set('to')} />
      <Field label={audit.kind} value={filters.kind} any={audit.any} options={Object.entries(audit.kinds)} onCommit={set('kind')} />
      <Field label={audit.outcome} value={filters.outcome} any={audit.any} options={Object.entries(audit.outcomes)} onCommit={set('outcome')} />
      <Field label={audit.dashboard} value={filters.dashboard} pattern="[A-Za-z0-9_\-]*" onCommit={set('dashboard')} />
      {leadership && <Field label={audit.tenant} value={filters.tenant} pattern="[A-Za-z0-9_\-]*" onCommit={set('tenant')} />}
      <Field label={audit.person} value={filters.person} pattern="[A-Za-z0-9_\-]*" onCommit={set('person')} />
      <button type="button" className="button quiet" onClick={() => onChange({})}>
        {audit.reset}
      </button>
    </form>
  );
}
