import type { FakeEmbed } from './fakeSdk';

/** What the edge's own page tells whoever embeds it, in place of the dashboard. */
export function tell(embed: FakeEmbed, status: number, slug: string, from: { origin?: string; source?: Window | null } = {}): void {
  const { origin = 'http://127.0.0.1:5181', source = embed.iframe.contentWindow } = from;
  window.dispatchEvent(new MessageEvent('message', { data: { type: 'embedstack.refused', status, slug }, origin, source }));
}
