import { useId, useState } from 'react';
import { useTexts } from '../language/language';
import { Field } from '../ui/Field';

interface Props {
  kinds: string[];
  typed: string;
  disabled: boolean;
  onType: (text: string) => void;
  onRevoke: (wanted: { kind: string; value: string }) => void;
}

export function RevocationForm({ kinds, typed, disabled, onType, onRevoke }: Props) {
  const { revocations: texts } = useTexts();
  const [kind, setKind] = useState(kinds[0]!);
  const id = useId();
  return (
    <form
      className="filters"
      onSubmit={(event) => {
        event.preventDefault();
        onRevoke({ kind, value: typed.trim() });
      }}
    >
      <Field label={texts.kind} value={kind} options={kinds.map((each) => [each, texts.kinds[each] ?? each])} onCommit={setKind} />
      <div className="field field-wide">
        <label htmlFor={id}>{texts.hint[kind]}</label>
        <input
          id={id}
          value={kind === 'all' ? '*' : typed}
          placeholder=" "
          required
          readOnly={kind === 'all'}
          maxLength={255}
          onChange={(event) => onType(event.target.value)}
        />
      </div>
      <button type="submit" className="button" disabled={disabled}>
        {texts.add}
      </button>
    </form>
  );
}
