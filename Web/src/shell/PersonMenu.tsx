import { Menu } from '@base-ui/react/menu';
import { useState } from 'react';
import { LANGUAGES, type Language, useSpeech } from '../language/language';
import type { User } from '../session/user';
import { useSignOut } from '../session/useSignOut';
import { type Mode, useMode } from '../theme/mode';
import { Icon } from '../ui/Icon';
import { useFrameFocus } from '../ui/useFrameFocus';
import { PersonLabel } from './PersonLabel';

const MODES: Mode[] = ['light', 'dark', 'system'];

/** Opens at once: it is loaded because somebody asked for it. */
export default function PersonMenu({ user }: { user: User }) {
  const { texts, language, choose } = useSpeech();
  const [mode, setMode] = useMode();
  const leave = useSignOut();
  const [open, setOpen] = useState(true);
  useFrameFocus(() => setOpen(false));
  return (
    <>
      {leave.isError && (
        <p className="alert" role="alert">
          {texts.session.signOutFailed}
        </p>
      )}
      <Menu.Root modal={false} open={open} onOpenChange={setOpen}>
        <Menu.Trigger className="person">
          <PersonLabel user={user} />
        </Menu.Trigger>
        <Menu.Portal>
          <Menu.Positioner className="menu-positioner" sideOffset={8} side="top" align="start">
            <Menu.Popup className="menu" aria-label={texts.session.menu}>
              <Choice
                label={texts.session.theme}
                value={mode}
                values={MODES.map((each) => [each, texts.session.modes[each]])}
                onChoose={(chosen) => setMode(chosen as Mode)}
              />
              <Menu.Separator className="menu-separator" />
              <Choice label={texts.session.language} value={language} values={Object.entries(LANGUAGES)} onChoose={(chosen) => choose(chosen as Language)} />
              <Menu.Separator className="menu-separator" />
              <Menu.Item className="menu-item" disabled={leave.isPending} onClick={() => leave.mutate()}>
                {texts.session.signOut}
              </Menu.Item>
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  values: [value: string, label: string][];
  onChoose: (value: string) => void;
}

function Choice({ label, value, values, onChoose }: ChoiceProps) {
  return (
    <Menu.Group>
      <Menu.GroupLabel className="menu-label">{label}</Menu.GroupLabel>
      <Menu.RadioGroup value={value} onValueChange={(chosen: string) => onChoose(chosen)}>
        {values.map(([each, name]) => (
          <Menu.RadioItem key={each} value={each} className="menu-item" closeOnClick>
            <span>{name}</span>
            <Menu.RadioItemIndicator className="menu-check">
              <Icon name="check" />
            </Menu.RadioItemIndicator>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </Menu.Group>
  );
}
