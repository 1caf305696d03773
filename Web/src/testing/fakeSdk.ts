import type { EmbedDashboardParams, EmbeddedDashboard } from '@superset-ui/embedded-sdk';
import { vi } from 'vitest';

type Embed = EmbedDashboardParams & { unmounts: number; answer: () => void; iframe: HTMLIFrameElement };

/** The embeds that were begun and have an iframe, in order. */
export const embeds: Embed[] = [];

/** What SDK 0.4.0 does, without a Superset: an iframe, the first token, and a handle that answers when told. */
export const embedDashboard = vi.fn<(params: EmbedDashboardParams) => Promise<EmbeddedDashboard>>(async (params) => {
  const iframe = document.createElement('iframe');
  iframe.title = params.iframeTitle ?? '';
  iframe.referrerPolicy = params.referrerPolicy ?? '';
  params.mountPoint.replaceChildren(iframe);
  const alive = Promise.withResolvers<{ width: number; height: number }>();
  const embed: Embed = { ...params, iframe, unmounts: 0, answer: () => alive.resolve({ width: 1, height: 1 }) };
  embeds.push(embed);
  await params.fetchGuestToken();
  return {
    getScrollSize: () => alive.promise,
    unmount: () => {
      embed.unmounts += 1;
      params.mountPoint.replaceChildren();
    },
  } as EmbeddedDashboard;
});
