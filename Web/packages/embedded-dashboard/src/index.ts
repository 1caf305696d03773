export { EmbeddedDashboard, type EmbeddedDashboardHandle, type EmbeddedDashboardProps } from './EmbeddedDashboard';
export { EmbedFailure, type FailureCode } from './failure';
export type { GuestToken, Mint } from './guestToken';
export { english, explain, type Message, type Messages } from './messages';
export type { EmbedState } from './state';
export type { EmbedTheme, ThemeTokens } from './theme';
