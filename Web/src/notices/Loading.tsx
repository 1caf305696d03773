export function Loading({ what }: { what: string }) {
  return (
    <output className="loading">
      <span className="spinner" aria-hidden="true" />
      <span>Loading {what}…</span>
    </output>
  );
}
