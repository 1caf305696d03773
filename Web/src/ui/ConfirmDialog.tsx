import { AlertDialog } from '@base-ui/react/alert-dialog';
import { useState } from 'react';
import { useTexts } from '../language/language';

interface Props {
  open: boolean;
  heading: string;
  text: string;
  action: string;
  onConfirm: () => void;
  onClose: () => void;
}

/** What waits for the answer whether it is meant, and the dialog's part of it. */
export function useQuestion<T>(onConfirm: (about: T) => void) {
  // What was asked stays: the dialog still says it while it fades.
  const [{ asked, open }, set] = useState<{ asked: T | null; open: boolean }>({ asked: null, open: false });
  const dialog = { open, onConfirm: () => open && asked !== null && onConfirm(asked), onClose: () => set({ asked, open: false }) };
  return { asked, ask: (about: T) => set({ asked: about, open: true }), dialog };
}

/** Asks before what cannot be taken for a slip. */
export function ConfirmDialog({ open, heading, text, action, onConfirm, onClose }: Props) {
  const texts = useTexts();
  return (
    <AlertDialog.Root open={open} onOpenChange={(stays) => !stays && onClose()}>
      <AlertDialog.Portal>
        <AlertDialog.Backdrop className="backdrop" />
        <AlertDialog.Popup className="dialog">
          <AlertDialog.Title className="dialog-title">{heading}</AlertDialog.Title>
          <AlertDialog.Description>{text}</AlertDialog.Description>
          <div className="actions actions-end">
            <AlertDialog.Close className="button quiet">{texts.cancel}</AlertDialog.Close>
            <AlertDialog.Close className="button danger" onClick={onConfirm}>
              {action}
            </AlertDialog.Close>
          </div>
        </AlertDialog.Popup>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}
