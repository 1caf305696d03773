import { type FocusEvent, type KeyboardEvent, useId, useState } from 'react';

interface Props {
  label: string;
  value: string | undefined;
  onCommit: (value: string) => void;
  type?: 'text' | 'date';
  pattern?: string;
  min?: string | undefined;
  max?: string | undefined;
  /** A list to choose from, in place of free text, and what stands for no choice. */
  options?: [value: string, label: string][];
  any?: string;
}

/** A named control that tells its value when it is whole: on choosing, on Enter, on leaving. */
export function Field({ label, value = '', onCommit, type = 'text', pattern, min, max, options, any }: Props) {
  const id = useId();
  const [{ last, text }, setTyped] = useState({ last: value, text: value });
  if (last !== value) {
    setTyped({ last: value, text: value });
  }
  const commit = (event: FocusEvent<HTMLInputElement> | KeyboardEvent<HTMLInputElement>) => {
    if (text !== value && event.currentTarget.checkValidity()) {
      onCommit(text);
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
        <input
          id={id}
          type={type}
          value={text}
          pattern={pattern}
          min={min}
          max={max}
          onChange={(event) => setTyped({ last, text: event.target.value })}
          onBlur={commit}
          onKeyDown={(event) => event.key === 'Enter' && commit(event)}
        />
      )}
    </div>
  );
}
