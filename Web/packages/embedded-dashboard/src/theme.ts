/** Ant Design tokens, as Superset's themes have them: `colorPrimary`, `fontFamily`, `borderRadius`… */
export interface ThemeTokens {
  token?: Record<string, string | number>;
  [part: string]: unknown;
}

/** How the dashboard looks. Both themes are needed: Superset ignores a switch to dark where it knows no dark theme. */
export interface EmbedTheme {
  mode: 'light' | 'dark';
  light: ThemeTokens;
  dark: ThemeTokens;
}

interface Themed {
  setThemeConfig: (config: Record<string, unknown>) => unknown;
  setThemeMode: (mode: 'default' | 'dark') => unknown;
}

/** Superset 6.1 starts in its default theme and reads no parameter: told at once, it never paints that one. */
export function applyTheme(embed: Themed, theme: EmbedTheme): void {
  embed.setThemeConfig({ theme_default: theme.light, theme_dark: { algorithm: 'dark', ...theme.dark } });
  embed.setThemeMode(theme.mode === 'dark' ? 'dark' : 'default');
}
