import { lazy } from 'react';
import { useTexts } from '../language/language';
import type { User } from '../session/user';
import { Icon } from '../ui/Icon';
import { loaded } from '../ui/loaded';
import { OnDemand } from '../ui/OnDemand';
import { useOnDemand } from '../ui/useOnDemand';

const load = loaded(() => import('./Drawer'));
const Drawer = lazy(load);

export function DrawerControl({ user }: { user: User }) {
  const { nav } = useTexts();
  const { wanted, handlers } = useOnDemand(load);
  const control = (
    <button type="button" className="button quiet icon-only" aria-haspopup="dialog" aria-label={nav.open} title={nav.open} {...handlers}>
      <Icon name="menu" />
    </button>
  );
  return (
    <OnDemand wanted={wanted} control={control}>
      <Drawer user={user} />
    </OnDemand>
  );
}
