import type { EmbedTheme } from '@embedstack/embedded-dashboard';
import { textToNativeFilters, type EmbedState } from '@embedstack/embedded-dashboard';
import { type Download, fetchFile } from '../api/request';
import type { Language } from '../language/language';

export const FORMATS = ['pdf', 'png'] as const;
export type Format = (typeof FORMATS)[number];

const PERMALINK = /^[\w-]{22}$/;

/** What of a dashboard's page decides how its file looks. */
export interface Shown {
  dashboardKey: string;
  state: EmbedState;
  theme: EmbedTheme;
  language: Language;
}

/** How many charts show an error in a file, as they do on the page. */
export const failedCharts = ({ headers }: Download): number => Number(headers.get('X-Failed-Charts') ?? 0);

/** Has the Api render the dashboard as it is shown; a document is for paper, and light. */
export function render({ dashboardKey, state, theme, language }: Shown, format: Format, signal: AbortSignal): Promise<Download> {
  const mode = format === 'pdf' ? 'light' : theme.mode;
  return fetchFile(
    `/api/dashboards/${encodeURIComponent(dashboardKey)}/renderings`,
    {
      format,
      native_filters: textToNativeFilters(state.filters) ?? null,
      // The address may say anything; the page goes on without what is none.
      permalink: state.permalink && PERMALINK.test(state.permalink) ? state.permalink : null,
      language,
      theme: { mode, tokens: theme[mode].token ?? {} },
    },
    signal,
  );
}

/** Gives a file to the browser to keep. */
export function save({ contents, name }: Download): void {
  const address = URL.createObjectURL(contents);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
