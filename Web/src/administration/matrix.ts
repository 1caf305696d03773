import type { Entitlement, Entitlements } from './administration';

export const ROLES = ['admin', 'clinician', 'staff', 'network'] as const;

const ALL_TENANTS = '*';

/** What somebody wants of the matrix, by its cells: who may open what. */
export type Changes = ReadonlyMap<string, { dashboard: string; role: string; open: boolean }>;

/** Changes, and the entitlements that were seen as they were made. */
export interface Draft {
  base: Entitlements;
  changes: Changes;
}

/** Whether an entitlement is one of the matrix: for every tenant, without conditions. */
export function isPlain({ tenant, conditions }: Entitlement): boolean {
  return tenant === ALL_TENANTS && Object.keys(conditions).length === 0;
}

export function isOpen(entitlements: Entitlement[], dashboard: string, role: string): boolean {
  return entitlements.some((entry) => isPlain(entry) && entry.dashboard === dashboard && entry.role === role);
}

/** Whether another entitlement for every tenant, under conditions, stands where the matrix would put one. */
export function isTaken(entitlements: Entitlement[], dashboard: string, role: string): boolean {
  return entitlements.some((entry) => entry.tenant === ALL_TENANTS && !isPlain(entry) && entry.dashboard === dashboard && entry.role === role);
}

/** The draft with one cell turned over; null where nothing is left to change. */
export function turned(base: Entitlements, changes: Changes, dashboard: string, role: string): Draft | null {
  const open = !isOpen(changed(base.entitlements, changes), dashboard, role);
  return pruned({ base, changes: new Map(changes).set(`${dashboard}/${role}`, { dashboard, role, open }) });
}

/** The draft on what somebody else made of the entitlements meanwhile; null where it says the same. */
export function onto(base: Entitlements, { changes }: Draft): Draft | null {
  return pruned({ base, changes });
}

/** The entitlements as changed; all that the matrix does not show stay. */
export function changed(entitlements: Entitlement[], changes: Changes): Entitlement[] {
  return [...changes.values()].reduce(
    (all, { dashboard, role, open }) =>
      isOpen(all, dashboard, role) === open || isTaken(all, dashboard, role)
        ? all
        : open
          ? [...all, { dashboard, role, tenant: ALL_TENANTS, conditions: {} }]
          : all.filter((entry) => !(isPlain(entry) && entry.dashboard === dashboard && entry.role === role)),
    entitlements,
  );
}

function pruned({ base, changes }: Draft): Draft | null {
  const left = [...changes].filter(
    ([, { dashboard, role, open }]) => isOpen(base.entitlements, dashboard, role) !== open && !isTaken(base.entitlements, dashboard, role),
  );
  return left.length === 0 ? null : { base, changes: new Map(left) };
}
