import { lazy, Suspense } from 'react';
import type { User } from '../session/user';
import { useOnDemand } from '../ui/useOnDemand';
import { PersonLabel } from './PersonLabel';

const load = () => import('./PersonMenu');
const PersonMenu = lazy(load);

export function PersonControl({ user }: { user: User }) {
  const { wanted, handlers } = useOnDemand(load);
  const control = (
    <button type="button" className="person" aria-haspopup="menu" {...handlers}>
      <PersonLabel user={user} />
    </button>
  );
  return wanted ? (
    <Suspense fallback={control}>
      <PersonMenu user={user} />
    </Suspense>
  ) : (
    control
  );
}
