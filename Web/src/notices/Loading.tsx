import { useTexts } from '../language/language';

export function Loading({ what }: { what: string }) {
  const texts = useTexts();
  return (
    <output className="loading">
      <span className="spinner" aria-hidden="true" />
      <span>{texts.loading(what)}</span>
    </output>
  );
}
