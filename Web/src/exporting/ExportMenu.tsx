import { Menu } from '@base-ui/react/menu';
import { useState } from 'react';
import { useTexts } from '../language/language';
import { Icon } from '../ui/Icon';
import { useFrameFocus } from '../ui/useFrameFocus';
import { FORMATS } from './rendering';
import type { Rendering } from './useRendering';

/** Opens at once: it is loaded because somebody asked for it. */
export default function ExportMenu({ rendering }: { rendering: Rendering }) {
  const { exporting } = useTexts();
  const { making, begin, setTrigger } = rendering;
  const [open, setOpen] = useState(true);
  useFrameFocus(() => setOpen(false));
  return (
    <Menu.Root modal={false} open={open} onOpenChange={setOpen}>
      <Menu.Trigger ref={setTrigger} className="button quiet">
        <Icon name="download" />
        {exporting.title}
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className="menu-positioner" sideOffset={8} align="end">
          <Menu.Popup className="menu" aria-label={exporting.title}>
            {FORMATS.map((format) => (
              <Menu.Item key={format} className="menu-item" disabled={making !== undefined} onClick={() => begin(format)}>
                {exporting.formats[format]}
              </Menu.Item>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
