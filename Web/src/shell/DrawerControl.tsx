import { lazy, Suspense } from 'react';
import { useTexts } from '../language/language';
import type { User } from '../session/user';
import { Icon } from '../ui/Icon';
import { useOnDemand } from '../ui/useOnDemand';

const load = () => import('./Drawer');
const Drawer = lazy(load);

export function DrawerControl({ user }: { user: User }) {
  const { nav } = useTexts();
  const { wanted, handlers } = useOnDemand(load);
  const control = (
    <button type="button" className="button quiet icon-only" aria-haspopup="dialog" aria-label={nav.open} {...handlers}>
      <Icon name="menu" />
    </button>
  );
  return wanted ? (
    <Suspense fallback={control}>
      <Drawer user={user} />
    </Suspense>
  ) : (
    control
  );
}
