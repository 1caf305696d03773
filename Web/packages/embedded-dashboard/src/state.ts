/** What of a dashboard's state the host keeps, in its address. */
export interface EmbedState {
  /** The filters that are set, as a text of this package. */
  filters?: string | undefined;
  /** The key of a permalink that Superset or the edge stored: tabs, and filters as they were then. */
  permalink?: string | undefined;
}

export function sameState(one: EmbedState, other: EmbedState): boolean {
  return (one.filters ?? '') === (other.filters ?? '') && (one.permalink ?? '') === (other.permalink ?? '');
}
