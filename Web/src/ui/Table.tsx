import type { ReactNode } from 'react';
import { TableScroll } from './TableScroll';

/** A table with named columns that scrolls sideways where it has no room. */
export function Table({
  label,
  columns,
  action,
  children,
}: {
  label: string;
  columns: string[];
  /** What the last column's buttons do: said, not shown. */
  action?: string;
  children: ReactNode;
}) {
  return (
    <TableScroll label={label}>
      <table>
        <thead>
          <tr>
            {columns.map((name) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
            {action && (
              <th scope="col">
                <span className="visually-hidden">{action}</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </TableScroll>
  );
}
