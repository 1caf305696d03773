import { Dialog } from '@base-ui/react/dialog';
import { useState } from 'react';
import { useTexts } from '../language/language';
import type { User } from '../session/user';
import { Icon } from '../ui/Icon';
import { Navigation } from './Navigation';
import { PersonControl } from './PersonControl';

/** The side's contents where there is no room beside the page. Opens at once, as the menu does. */
export default function Drawer({ user }: { user: User }) {
  const texts = useTexts();
  const [open, setOpen] = useState(true);
  return (
    <Dialog.Root open={open} onOpenChange={setOpen}>
      <Dialog.Trigger className="button quiet icon-only" aria-label={texts.nav.open} title={texts.nav.open}>
        <Icon name="menu" />
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Backdrop className="backdrop" />
        <Dialog.Popup className="drawer" aria-label={texts.nav.main}>
          <Dialog.Close className="button quiet icon-only drawer-close" aria-label={texts.close} title={texts.close}>
            <Icon name="close" />
          </Dialog.Close>
          <Navigation user={user} onFollow={() => setOpen(false)} />
          <PersonControl user={user} />
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
