import { Problem } from '../api/problem';
import { useTexts } from '../language/language';
import { explain } from '../notices/explain';

const reload = () => window.location.reload();

/** In place of a page that could not be shown. */
export function BrokenPage({ error }: { error: unknown }) {
  const texts = useTexts();
  const { heading, text } = explain(Problem.of(error), texts.embed);
  return (
    <div className="page-centre">
      <section className="card" role="alert">
        <h1>{heading}</h1>
        <p>{text}</p>
        <button type="button" className="button" onClick={reload}>
          {texts.reload}
        </button>
      </section>
    </div>
  );
}

/** In place of a control whose popup could not be loaded. */
export function BrokenControl({ error }: { error: unknown }) {
  const texts = useTexts();
  return (
    <div className="alert broken" role="alert">
      <span>{explain(Problem.of(error), texts.embed).heading}</span>
      <button type="button" className="button quiet small" onClick={reload}>
        {texts.reload}
      </button>
    </div>
  );
}
