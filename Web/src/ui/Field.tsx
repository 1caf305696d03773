import { type FocusEvent, type KeyboardEvent, useId } from 'react';

interface Props {
  label: string;
  value: string | undefined;
  onCommit: (value: string) => void;
  type?: 'text' | 'date';
  pattern?: string;
  /** A list to choose from, in place of free text, and what stands for no choice. */
  options?: [value: string, label: string][];
  any?: string;
}

/** A named control that tells its value when it is whole: on choosing, on Enter, on leaving. */
export function Field({ label, value = '', onCommit, type = 'text', pattern, options, any }: Props) {
  const id = useId();
  const commit = (event: FocusEvent<HTMLInputElement> | KeyboardEvent<HTMLInputElement>) => {
    const { currentTarget } = event;
    if (currentTarget.value !== value && currentTarget.checkValidity()) {
      onCommit(currentTarget.value);
    }
  };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {options ? (
        <select id={id} value={value} onChange={(event) => onCommit(event.target.value)}>
          {any && <option value="">{any}</option>}
          {options.map(([each, name]) => (
            <option key={each} value={each}>
              {name}
            </option>
          ))}
        </select>
      ) : (
        <input id={id} type={type} defaultValue={value} pattern={pattern} onBlur={commit} onKeyDown={(event) => event.key === 'Enter' && commit(event)} />
      )}
    </div>
  );
}
