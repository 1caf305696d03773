import type { ReactNode } from 'react';

/** A table that scrolls sideways where it has no room. */
export function TableScroll({ label, children }: { label: string; children: ReactNode }) {
  return (
    // The keyboard scrolls only what it can reach (WCAG 2.1.1).
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <section className="table-scroll" aria-label={label} tabIndex={0}>
      {children}
    </section>
  );
}
