import { act, renderHook } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { useQuestion } from './ConfirmDialog';

it('says what it was about while it goes, and takes no answer any more', () => {
  const confirm = vi.fn<(about: string) => void>();
  const { result } = renderHook(() => useQuestion(confirm));
  expect(result.current.dialog.open).toBe(false);

  act(() => result.current.ask('Clinic overview'));
  expect(result.current).toMatchObject({ asked: 'Clinic overview', dialog: { open: true } });
  act(() => result.current.dialog.onConfirm());
  expect(confirm).toHaveBeenCalledExactlyOnceWith('Clinic overview');

  act(() => result.current.dialog.onClose());
  expect(result.current).toMatchObject({ asked: 'Clinic overview', dialog: { open: false } });
  act(() => result.current.dialog.onConfirm());
  expect(confirm).toHaveBeenCalledTimes(1);
});
