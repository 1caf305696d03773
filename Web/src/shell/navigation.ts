import type { Texts } from '../language/en';
import type { User } from '../session/user';
import type { IconName } from '../ui/Icon';

export interface Destination {
  to: string;
  label: string;
  icon: IconName;
}

/** What of the product's own pages is for this role. The Api refuses the rest anyway. */
export function oversightOf({ role }: User, { nav }: Texts): Destination[] {
  const audit: Destination = { to: '/audit', label: nav.audit, icon: 'audit' };
  const revocations: Destination = { to: '/administration/revocations', label: nav.revocations, icon: 'block' };
  const tenants: Destination = { to: '/administration/clinics', label: nav.tenants, icon: 'clinics' };
  const entitlements: Destination = { to: '/administration/entitlements', label: nav.entitlements, icon: 'key' };
  const switches: Destination = { to: '/administration/switches', label: nav.switches, icon: 'power' };
  const health: Destination = { to: '/administration/health', label: nav.health, icon: 'pulse' };
  switch (role) {
    case 'network':
      return [tenants, entitlements, switches, revocations, health, audit];
    case 'admin':
      return [revocations, audit];
    default:
      return [];
  }
}
