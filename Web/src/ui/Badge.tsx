import type { ReactNode } from 'react';

/** A word on how something is, on a ground that says the same. */
export function Badge({ kind, children }: { kind: 'allowed' | 'warned' | 'refused' | 'none'; children: ReactNode }) {
  return (
    <span className="badge" data-kind={kind}>
      {children}
    </span>
  );
}
