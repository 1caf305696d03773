const listeners = new Set<() => void>();
let dark = false;

/** Whether the system prefers dark. */
export function setDark(wanted: boolean): void {
  dark = wanted;
  for (const changed of listeners) {
    changed();
  }
}

window.matchMedia = (media) =>
  ({
    media,
    get matches() {
      return dark && media.includes('dark');
    },
    addEventListener: (_: string, changed: () => void) => void listeners.add(changed),
    removeEventListener: (_: string, changed: () => void) => void listeners.delete(changed),
  }) as unknown as MediaQueryList;
