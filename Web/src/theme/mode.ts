import { useSyncExternalStore } from 'react';
import { readPreference, writePreference } from '../preferences/cookie';

export type Mode = 'light' | 'dark' | 'system';

const PREFERENCE = 'theme';
const CHANGED = 'theme-changed';
const dark = window.matchMedia('(prefers-color-scheme: dark)');

/** What the person chose. `theme.js` has put it on the page before its first paint. */
export function useMode(): [Mode, (mode: Mode) => void] {
  return [useSyncExternalStore(watch, chosen), choose];
}

/** What is seen: the choice, or what the system says. */
export function useShownMode(): 'light' | 'dark' {
  return useSyncExternalStore(watch, () => (chosen() === 'system' ? (dark.matches ? 'dark' : 'light') : (chosen() as 'light' | 'dark')));
}

function chosen(): Mode {
  const kept = readPreference(PREFERENCE);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
}

function choose(mode: Mode) {
  writePreference(PREFERENCE, mode === 'system' ? null : mode);
  if (mode === 'system') {
    delete document.documentElement.dataset.theme;
  } else {
    document.documentElement.dataset.theme = mode;
  }
  window.dispatchEvent(new Event(CHANGED));
}

function watch(changed: () => void): () => void {
  window.addEventListener(CHANGED, changed);
  dark.addEventListener('change', changed);
  return () => {
    window.removeEventListener(CHANGED, changed);
    dark.removeEventListener('change', changed);
  };
}
