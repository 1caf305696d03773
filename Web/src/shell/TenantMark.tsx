/** The tenant's initials on its colour. */
export function TenantMark({ name }: { name: string }) {
  const initials = name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0])
    .join('');
  return (
    <span className="tenant-mark" aria-hidden="true">
      {initials}
    </span>
  );
}
