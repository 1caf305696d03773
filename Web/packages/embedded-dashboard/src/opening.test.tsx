import { act, render, screen, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { EmbeddedDashboard } from './EmbeddedDashboard';
import type { EmbedState } from './state';
import { embeds, standing } from './testing/fakeSdk';
import { tell } from './testing/page';
import { drawn, forget, show, stands } from './testing/show';
import { minting } from './testing/tokens';

vi.mock('@superset-ui/embedded-sdk', () => import('./testing/fakeSdk'));

beforeEach(forget);

describe('embedding', () => {
  it('embeds what the token names, with a referrer that Superset can check', async () => {
    show();
    expect(await stands()).toMatchObject({
      id: 'embedded-clinic',
      supersetDomain: 'http://127.0.0.1:5181',
      referrerPolicy: 'strict-origin-when-cross-origin',
      iframeTitle: 'Clinic overview',
    });
  });

  it('covers the frame and says how far it is until the charts have places', async () => {
    show();
    const embed = await stands();
    expect(screen.getByRole('status')).toHaveTextContent('Loading Clinic overview… Opening the dashboard');

    embed.answer();
    await waitFor(() => expect(screen.getByRole('status')).toHaveTextContent('Drawing the charts'));
    embed.draw();

    await waitFor(() => expect(screen.queryByRole('status')).not.toBeInTheDocument());
    expect(embed.iframe.isConnected).toBe(true);
  });

  it('mints for every token and keeps none', async () => {
    const mint = minting();
    show({ mint });
    const embed = await drawn();
    const before = mint.mock.calls.length;

    const tokens = [await embed.fetchGuestToken(), await embed.fetchGuestToken()];

    expect(mint.mock.calls.length).toBe(before + 2);
    expect(new Set(tokens).size).toBe(2);
    expect(localStorage.length + sessionStorage.length).toBe(0);
  });

  it('is as tall as the dashboard, and grows with it', async () => {
    show();
    const embed = await drawn();
    await waitFor(() => expect(embed.mountPoint.style.height).toBe('900px'));
    embed.height = 2400;
    await waitFor(() => expect(embed.mountPoint.style.height).toBe('2400px'), { timeout: 3_000 });
  });

  it('leaves the height to its place where it is told so', async () => {
    show({ height: 'fill' });
    const embed = await drawn();
    expect(embed.mountPoint.style.height).toBe('');
  });

  it('follows the host from one way to the other', async () => {
    const view = show();
    const embed = await drawn();
    await waitFor(() => expect(embed.mountPoint.style.height).toBe('900px'));
    view.update({ height: 'fill' });
    expect(embed.mountPoint.style.height).toBe('');
    view.update({ height: 'content' });
    await waitFor(() => expect(embed.mountPoint.style.height).toBe('900px'), { timeout: 3_000 });
    expect(standing()).toBe(embed);
  });

  it('gives the frame the name that the host learns later', async () => {
    const view = show({ title: 'Dashboards' });
    const embed = await drawn();
    view.update({ title: 'Clinic overview' });
    expect(embed.iframe.title).toBe('Clinic overview');
    expect(standing()).toBe(embed);
  });

  it('shows several, each with tokens, states and failures of its own', async () => {
    const mint = minting();
    const told = vi.fn<(key: string, state: EmbedState) => void>();
    const several = (keys: string[]) => (
      <StrictMode>
        {keys.map((key) => (
          <EmbeddedDashboard key={key} dashboardKey={key} title={key} mint={mint} onStateChange={(state) => told(key, state)} />
        ))}
      </StrictMode>
    );
    const view = render(several(['clinic', 'revenue']));
    const of = (key: string) => embeds.find(({ id, iframe }) => id === `embedded-${key}` && iframe.isConnected)!;
    await waitFor(() => expect([of('clinic'), of('revenue')].every(Boolean)).toBe(true));
    const [clinic, revenue] = [of('clinic'), of('revenue')];
    expect(mint.mock.calls.map(([key]) => key).toSorted()).toEqual(['clinic', 'revenue']);

    clinic.draw();
    act(() => tell(revenue, 503, 'superset-unavailable'));
    expect(await screen.findAllByRole('alert')).toHaveLength(1);
    await waitFor(() => expect(screen.queryByRole('progressbar')).not.toBeInTheDocument());
    expect(clinic.iframe.isConnected).toBe(true);

    clinic.emitMasks({ 'NATIVE_FILTER-a': { filterState: { value: 'b' } } });
    await waitFor(() => expect(told).toHaveBeenCalledExactlyOnceWith('clinic', expect.objectContaining({ filters: '(a:(v:b))' })));
    view.rerender(several(['clinic']));
    expect(screen.queryByRole('alert')).not.toBeInTheDocument();
    expect(clinic.iframe.isConnected).toBe(true);
  });

  it('begins a new frame for another dashboard', async () => {
    const view = show();
    const first = await drawn();
    view.update({ dashboardKey: 'revenue', title: 'Revenue' });
    await waitFor(() => expect(standing()?.id).toBe('embedded-revenue'));
    expect(first.iframe.isConnected).toBe(false);
  });

  it('starts over when the page in the frame loads a second time', async () => {
    show();
    const first = await drawn();

    act(() => void first.iframe.dispatchEvent(new Event('load')));

    await waitFor(() => expect(standing()).not.toBe(first));
    expect(first.unmounts).toBe(1);
  });

  it('stops starting over where the page keeps reloading', async () => {
    show();
    for (let count = 0; count < 4; count += 1) {
      const embed = await drawn();
      act(() => void embed.iframe.dispatchEvent(new Event('load')));
    }
    expect(await screen.findByRole('heading', { name: 'The dashboard keeps reloading' })).toBeInTheDocument();
    expect(standing()).toBeUndefined();
  });
});

describe('theme', () => {
  const light = { token: { colorPrimary: '#0b5d66' } };
  const dark = { token: { colorPrimary: '#5cc4cf' } };

  it('is told before anything else, and again when it changes', async () => {
    const view = show({ theme: { mode: 'dark', light, dark } });
    const embed = await stands();
    await waitFor(() =>
      expect(embed.told).toEqual([
        ['config', { theme_default: light, theme_dark: { algorithm: 'dark', ...dark } }],
        ['mode', 'dark'],
      ]),
    );
    expect(embed.iframe.style.colorScheme).toBe('dark');
    await drawn();

    view.update({ theme: { mode: 'light', light, dark } });

    await waitFor(() => expect(embed.told.at(-1)).toEqual(['mode', 'default']));
    expect(embed.iframe.style.colorScheme).toBe('light');
    expect(standing()).toBe(embed);
  });
});

describe('theme that changes while the dashboard opens', () => {
  it('is told as soon as it stands', async () => {
    const theme = { light: {}, dark: {} };
    const view = show({ theme: { mode: 'light', ...theme } });
    const embed = await stands();
    embed.answer();
    await waitFor(() => expect(embed.told.at(-1)).toEqual(['mode', 'default']));

    view.update({ theme: { mode: 'dark', ...theme } });
    await drawn();

    await waitFor(() => expect(embed.told.at(-1)).toEqual(['mode', 'dark']));
    expect(embed.iframe.style.colorScheme).toBe('dark');
  });
});
