import { useId, useState } from 'react';
import { useTexts } from '../language/language';

const LONGEST_NAME = 80;

interface Props {
  pending: boolean;
  saved: boolean;
  /** What is typed stays until it is kept. */
  onSave: (name: string, onSaved: () => void) => void;
}

/** Keeps what the dashboard shows now, by a name. */
export function SaveView({ pending, saved, onSave }: Props) {
  const { views: texts } = useTexts();
  const [name, setName] = useState('');
  const id = useId();
  return (
    <form
      className="views-form"
      onSubmit={(event) => {
        event.preventDefault();
        onSave(name.trim(), () => setName(''));
      }}
    >
      <div className="field">
        <label htmlFor={id}>{texts.name}</label>
        <input id={id} value={name} placeholder=" " required pattern=".*\S.*" maxLength={LONGEST_NAME} onChange={(event) => setName(event.target.value)} />
      </div>
      <button type="submit" className="button" disabled={pending}>
        {texts.save}
      </button>
      <output className="said">{saved && !pending ? texts.saved : ''}</output>
    </form>
  );
}
