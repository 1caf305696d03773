import { type ReactNode, useRef } from 'react';
import { Problem } from '../api/problem';
import { useTexts } from '../language/language';
import { useFocusHandedOn } from '../ui/useFocusHandedOn';
import { DoctorLink } from './DoctorLink';
import { explain } from './explain';

interface Props {
  problem: unknown;
  onRetry: () => void;
  /** Further ways out, beside retrying. */
  children?: ReactNode;
}

export function ProblemNotice({ problem, onRetry, children }: Props) {
  const texts = useTexts();
  const notice = useRef<HTMLElement>(null);
  useFocusHandedOn(notice);
  const cause = Problem.of(problem);
  const { heading, text, canRetry } = explain(cause, texts.embed);
  return (
    <section ref={notice} className="card" role="alert">
      <h2>{heading}</h2>
      <p>{text}</p>
      <div className="actions">
        {canRetry && (
          <button type="button" className="button" onClick={onRetry}>
            {texts.retry}
          </button>
        )}
        {children}
        <DoctorLink code={cause.slug} />
      </div>
    </section>
  );
}
