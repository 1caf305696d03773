import { useRef } from 'react';
import { useFocusHandedOn } from './useFocusHandedOn';

interface Props {
  text: string;
  /** Of what row it is, for whoever does not see the row. */
  about: string;
  /** Not for now. It keeps the focus: a question that closes gives it back to this button. */
  disabled: boolean;
  onClick: () => void;
}

/** What is done with a table's row, which may go with it. */
export function RowButton({ text, about, disabled, onClick }: Props) {
  const button = useRef<HTMLButtonElement>(null);
  useFocusHandedOn(button);
  return (
    <button
      ref={button}
      type="button"
      className="button quiet small"
      aria-label={`${text}: ${about}`}
      aria-disabled={disabled}
      onClick={() => disabled || onClick()}
    >
      {text}
    </button>
  );
}
