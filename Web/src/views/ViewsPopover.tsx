import { Popover } from '@base-ui/react/popover';
import { useRef, useState } from 'react';
import { useChange } from '../api/useChange';
import type { DashboardAddress } from '../dashboard/address';
import { useTexts } from '../language/language';
import { ProblemNotice } from '../notices/ProblemNotice';
import { Icon } from '../ui/Icon';
import { QueryState } from '../ui/QueryState';
import { useFrameFocus } from '../ui/useFrameFocus';
import { SaveView } from './SaveView';
import { deleteView, saveView, useViews, VIEWS } from './views';
import { ViewsList } from './ViewsList';

export interface ViewsProps {
  dashboardKey: string;
  address: DashboardAddress;
}

/** Opens at once: it is loaded because somebody asked for it. */
export default function ViewsPopover({ dashboardKey, address }: ViewsProps) {
  const { views: texts } = useTexts();
  const [open, setOpen] = useState(true);
  useFrameFocus(() => setOpen(false));
  const popup = useRef<HTMLDivElement>(null);
  const views = useViews(dashboardKey);
  const saving = useChange(VIEWS, saveView);
  const deleting = useChange(VIEWS, deleteView);
  const failed = [saving, deleting].find((change) => change.isError);

  const save = (name: string, onSaved: () => void) =>
    saving.mutate(
      { dashboard: dashboardKey, name, filters: address.state.filters ?? null, permalink: address.state.permalink ?? null },
      { onSuccess: onSaved },
    );

  return (
    <Popover.Root open={open} onOpenChange={setOpen}>
      <Popover.Trigger className="button quiet">
        <Icon name="bookmark" />
        {texts.title}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Positioner className="menu-positioner" sideOffset={8} align="end">
          {/* Focus before it has its place: on a field, the browser would scroll to where that is not. */}
          <Popover.Popup ref={popup} initialFocus={popup} className="menu views">
            <Popover.Title className="menu-label">{texts.heading}</Popover.Title>
            {failed && <ProblemNotice problem={failed.error} onRetry={failed.again} />}
            <QueryState query={views} what={texts.heading}>
              {(all) => <ViewsList views={all} full={address.full} onOpen={() => setOpen(false)} onDelete={deleting.mutate} />}
            </QueryState>
            <SaveView pending={saving.isPending} saved={saving.isSuccess} onSave={save} />
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}
