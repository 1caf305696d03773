import type { Entitlement } from './administration';

export const ROLES = ['admin', 'clinician', 'staff', 'network'] as const;

const ALL_TENANTS = '*';

/** Whether an entitlement is one of the matrix: for every tenant, without conditions. */
export function isPlain({ tenant, conditions }: Entitlement): boolean {
  return tenant === ALL_TENANTS && Object.keys(conditions).length === 0;
}

export function isOpen(entitlements: Entitlement[], dashboard: string, role: string): boolean {
  return entitlements.some((entry) => isPlain(entry) && entry.dashboard === dashboard && entry.role === role);
}

/** The entitlements with one of the matrix turned over; all others stay. */
export function toggled(entitlements: Entitlement[], dashboard: string, role: string): Entitlement[] {
  return isOpen(entitlements, dashboard, role)
    ? entitlements.filter((entry) => !(isPlain(entry) && entry.dashboard === dashboard && entry.role === role))
    : [...entitlements, { dashboard, role, tenant: ALL_TENANTS, conditions: {} }];
}

/** Whether another entitlement for every tenant, under conditions, stands where the matrix would put one. */
export function isTaken(entitlements: Entitlement[], dashboard: string, role: string): boolean {
  return entitlements.some((entry) => entry.tenant === ALL_TENANTS && !isPlain(entry) && entry.dashboard === dashboard && entry.role === role);
}
