export { EmbeddedDashboard, type EmbeddedDashboardHandle, type EmbeddedDashboardProps } from './EmbeddedDashboard.js';
export { EmbedFailure, type FailureCode } from './failure.js';
export { textToNativeFilters } from './filters.js';
export type { GuestToken, Mint } from './guestToken.js';
export { english, explain, type Message, type Messages } from './messages.js';
export type { EmbedState } from './state.js';
export type { EmbedTheme, ThemeTokens } from './theme.js';
