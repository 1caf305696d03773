import { lazy } from 'react';
import { useTexts } from '../language/language';
import { Icon } from '../ui/Icon';
import { loaded } from '../ui/loaded';
import { OnDemand } from '../ui/OnDemand';
import { useOnDemand } from '../ui/useOnDemand';
import type { ViewsProps } from './ViewsPopover';

const load = loaded(() => import('./ViewsPopover'));
const ViewsPopover = lazy(load);

/** The views that this person keeps of a dashboard. */
export function ViewsControl(props: ViewsProps) {
  const { views } = useTexts();
  const { wanted, handlers } = useOnDemand(load);
  const control = (
    <button type="button" className="button quiet" aria-haspopup="dialog" {...handlers}>
      <Icon name="bookmark" />
      {views.title}
    </button>
  );
  return (
    <OnDemand wanted={wanted} control={control}>
      <ViewsPopover {...props} />
    </OnDemand>
  );
}
