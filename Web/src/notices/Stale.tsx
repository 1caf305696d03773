import { useFormat } from '../language/format';
import { useTexts } from '../language/language';

/** What is on the page stays, and is told to be old. */
export function Stale({ since, onRetry }: { since: number; onRetry: () => void }) {
  const texts = useTexts();
  const format = useFormat();
  return (
    <output className="alert stale">
      <span>{texts.stale(format.time(since))}</span>
      <button type="button" className="button quiet small" onClick={onRetry}>
        {texts.retry}
      </button>
    </output>
  );
}
