/** Where charts will stand, roughly: the page does not jump when they come. */
export function Skeleton() {
  return (
    <div className="embed-skeleton" aria-hidden="true">
      {['figure', 'figure', 'figure', 'figure', 'wide', 'half', 'half', 'wide'].map((kind, place) => (
        <div key={place} className={`embed-bone embed-bone-${kind}`} />
      ))}
    </div>
  );
}
