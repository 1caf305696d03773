import { useId, useState } from 'react';
import { useTexts } from '../language/language';
import { Field } from '../ui/Field';

interface Props {
  kinds: string[];
  disabled: boolean;
  onRevoke: (wanted: { kind: string; value: string }) => void;
}

export function RevocationForm({ kinds, disabled, onRevoke }: Props) {
  const { revocations: texts } = useTexts();
  const [kind, setKind] = useState(kinds[0]!);
  const [value, setValue] = useState('');
  const id = useId();
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        onRevoke({ kind, value: value.trim() });
        setValue('');
      }}
    >
      <Field label={texts.kind} value={kind} options={kinds.map((each) => [each, texts.kinds[each] ?? each])} onCommit={setKind} />
      <div className="field field-wide">
        <label htmlFor={id}>{texts.hint[kind]}</label>
        <input id={id} value={kind === 'all' ? '*' : value} required readOnly={kind === 'all'} maxLength={255} onChange={(event) => setValue(event.target.value)} />
      </div>
      <button type="submit" className="button" disabled={disabled}>
        {texts.add}
      </button>
    </form>
  );
}
