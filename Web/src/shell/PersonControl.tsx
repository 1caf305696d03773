import { lazy } from 'react';
import type { User } from '../session/user';
import { loaded } from '../ui/loaded';
import { OnDemand } from '../ui/OnDemand';
import { useOnDemand } from '../ui/useOnDemand';
import { PersonLabel } from './PersonLabel';

const load = loaded(() => import('./PersonMenu'));
const PersonMenu = lazy(load);

export function PersonControl({ user }: { user: User }) {
  const { wanted, handlers } = useOnDemand(load);
  const control = (
    <button type="button" className="person" aria-haspopup="menu" {...handlers}>
      <PersonLabel user={user} />
    </button>
  );
  return (
    <OnDemand wanted={wanted} control={control}>
      <PersonMenu user={user} />
    </OnDemand>
  );
}
