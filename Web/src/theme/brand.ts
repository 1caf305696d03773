import type { EmbedTheme } from '@embedstack/embedded-dashboard';
import { useInsertionEffect, useMemo } from 'react';
import { useShownMode } from './mode';

/** A tenant's colour in light and in dark, as the Api made it readable on the surfaces below. */
export interface Accents {
  light: string;
  dark: string;
}

/** The product's own, where a tenant has none. app.css has them as well. */
const OWN: Accents = { light: '#0b5d66', dark: '#4fb3bf' };
/** The surfaces of app.css, which the embed stands on. */
const SURFACES = {
  light: { ground: '#f5f7f8', surface: '#ffffff', ink: '#14201f', line: '#dfe5e6' },
  dark: { ground: '#101517', surface: '#181f21', ink: '#e6edec', line: '#2c3638' },
};

/**
 * Puts the tenant's colours on the page, those of nobody where it is null, and leaves them where nobody knows yet: until then
 * the page has those of `/bff/brand.css`, which it was painted with.
 */
export function useBrand(accents: Accents | null | undefined): void {
  const { light, dark } = accents ?? OWN;
  const known = accents !== undefined;
  useInsertionEffect(() => {
    if (known) {
      const { style } = document.documentElement;
      style.setProperty('--accent-light', light);
      style.setProperty('--accent-dark', dark);
    }
  }, [known, light, dark]);
}

/** The same colours as Superset's theme tokens. */
export function useEmbedTheme(accents: Accents | null | undefined): EmbedTheme {
  const mode = useShownMode();
  const { light, dark } = accents ?? OWN;
  return useMemo(() => ({ mode, light: { token: tokens('light', light) }, dark: { token: tokens('dark', dark) } }), [mode, light, dark]);
}

function tokens(mode: 'light' | 'dark', accent: string) {
  const { ground, surface, ink, line } = SURFACES[mode];
  return {
    colorPrimary: accent,
    colorLink: accent,
    colorBgBase: surface,
    colorBgContainer: surface,
    colorBgLayout: ground,
    colorTextBase: ink,
    colorBorder: line,
    colorBorderSecondary: line,
    borderRadius: 8,
    fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif',
  };
}
