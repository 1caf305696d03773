import type { EmbedTheme } from '@embedstack/embedded-dashboard';
import { useInsertionEffect, useMemo } from 'react';
import { readable } from './colour';
import { useShownMode } from './mode';

/** The product's own, where a tenant has none. */
const DEFAULT_ACCENT = '#0b5d66';
/** The surfaces of app.css: what the accent must be readable on, and what the embed stands on. */
const SURFACES = {
  light: { ground: '#f5f7f8', surface: '#ffffff', ink: '#14201f', line: '#dfe5e6' },
  dark: { ground: '#101517', surface: '#181f21', ink: '#e6edec', line: '#2c3638' },
};

/** The accent of a tenant in light and in dark; what is no colour is the product's own. */
export function accents(accent: string | null | undefined) {
  const given = accent && /^#[0-9a-f]{6}$/i.test(accent) ? accent : DEFAULT_ACCENT;
  return { light: readable(given, SURFACES.light.ground), dark: readable(given, SURFACES.dark.surface) };
}

/** Puts the tenant's colours on the page before what needs them is painted. */
export function useBrand(accent: string | null | undefined): void {
  useInsertionEffect(() => {
    const { light, dark } = accents(accent);
    const { style } = document.documentElement;
    style.setProperty('--accent-light', light);
    style.setProperty('--accent-dark', dark);
  }, [accent]);
}

/** The same colours as Superset's theme tokens. */
export function useEmbedTheme(accent: string | null | undefined): EmbedTheme {
  const mode = useShownMode();
  return useMemo(() => {
    const colours = accents(accent);
    return { mode, light: { token: tokens('light', colours.light) }, dark: { token: tokens('dark', colours.dark) } };
  }, [mode, accent]);
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
