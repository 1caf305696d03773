import { render, screen, waitFor } from '@testing-library/react';
import { StrictMode } from 'react';
import { expect } from 'vitest';
import { EmbeddedDashboard, type EmbeddedDashboardProps } from '../EmbeddedDashboard';
import { embedDashboard, embeds, standing } from './fakeSdk';
import { minting } from './tokens';

/** What the fake SDK does unless a test has it do otherwise. */
export const fakeImplementation = embedDashboard.getMockImplementation()!;

/** As each test begins: no embedding was begun yet. */
export function forget() {
  embeds.length = 0;
  embedDashboard.mockReset().mockImplementation(fakeImplementation);
}

export function show(props: Partial<EmbeddedDashboardProps> = {}) {
  const tree = (more: Partial<EmbeddedDashboardProps> = {}) => (
    <StrictMode>
      <EmbeddedDashboard dashboardKey="clinic" title="Clinic overview" mint={minting()} {...props} {...more} />
    </StrictMode>
  );
  const view = render(tree());
  return { ...view, update: (more: Partial<EmbeddedDashboardProps>) => view.rerender(tree(more)) };
}

export async function stands() {
  await waitFor(() => expect(embeds.filter(({ iframe }) => iframe.isConnected)).toHaveLength(1));
  return standing()!;
}

export async function drawn() {
  const embed = await stands();
  embed.draw();
  await waitFor(() => expect(screen.queryByRole('progressbar')).not.toBeInTheDocument());
  return embed;
}
