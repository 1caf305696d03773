import { useTexts } from '../language/language';
import { ProblemNotice } from '../notices/ProblemNotice';
import type { Rendering } from './useRendering';

/** Why there is no file; the dashboard stands below as it did. */
export function ExportFailure({ rendering }: { rendering: Rendering }) {
  const texts = useTexts();
  return (
    rendering.problem && (
      <ProblemNotice problem={rendering.problem} onRetry={rendering.again}>
        <button type="button" className="button quiet" onClick={rendering.end}>
          {texts.close}
        </button>
      </ProblemNotice>
    )
  );
}
