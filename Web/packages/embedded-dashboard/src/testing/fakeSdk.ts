import type { EmbedDashboardParams, EmbeddedDashboard } from '@superset-ui/embedded-sdk';
import { vi } from 'vitest';

/** One embedding that was begun, and what the page in it does when told. */
export interface FakeEmbed extends EmbedDashboardParams {
  iframe: HTMLIFrameElement;
  unmounts: number;
  told: [name: string, value: unknown][];
  /** The page answers, and its charts have places. */
  answer: () => void;
  draw: () => void;
  masks: Record<string, unknown>;
  tabs: string[];
  height: number;
  emitMasks: (masks: Record<string, unknown>) => void;
}

export const embeds: FakeEmbed[] = [];

export const standing = () => embeds.findLast(({ iframe }) => iframe.isConnected);

/** What SDK 0.4.0 does, without a Superset: an iframe, the first token, and a handle that answers when told. */
export const embedDashboard = vi.fn<(params: EmbedDashboardParams) => Promise<EmbeddedDashboard>>(async (params) => {
  const iframe = document.createElement('iframe');
  iframe.title = params.iframeTitle ?? '';
  iframe.referrerPolicy = params.referrerPolicy ?? '';
  params.mountPoint.replaceChildren(iframe);
  const alive = Promise.withResolvers<void>();
  let observe: (masks: Record<string, unknown>) => void = () => undefined;
  const embed: FakeEmbed = {
    ...params,
    iframe,
    unmounts: 0,
    told: [],
    masks: {},
    tabs: ['TAB-first'],
    height: 900,
    answer: () => alive.resolve(),
    draw: () => {
      embed.masks = { 'NATIVE_FILTER-period': {} };
      alive.resolve();
    },
    emitMasks: (masks) => observe(masks),
  };
  embeds.push(embed);
  await params.fetchGuestToken();
  return {
    getScrollSize: () => alive.promise.then(() => ({ width: 1, height: embed.height })),
    getDataMask: () => alive.promise.then(() => embed.masks),
    getActiveTabs: () => alive.promise.then(() => embed.tabs),
    getDashboardPermalink: async () => params.resolvePermalinkUrl!({ key: `link-${embed.tabs.join('-')}` }),
    observeDataMask: (callback: typeof observe) => (observe = callback),
    setThemeConfig: (config: unknown) => void embed.told.push(['config', config]),
    setThemeMode: (mode: unknown) => void embed.told.push(['mode', mode]),
    unmount: () => {
      embed.unmounts += 1;
      params.mountPoint.replaceChildren();
    },
  } as unknown as EmbeddedDashboard;
});
