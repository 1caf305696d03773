import { render } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { EmbeddedDashboard } from './EmbeddedDashboard';
import { stands } from './testing/show';
import { minting } from './testing/tokens';

const loads = vi.hoisted(() => ({ count: 0 }));

vi.mock('@superset-ui/embedded-sdk', () => {
  loads.count += 1;
  return import('./testing/fakeSdk');
});

it('loads the SDK when the first dashboard is shown, and once', async () => {
  expect(loads.count).toBe(0);
  render(<EmbeddedDashboard dashboardKey="clinic" title="Clinic overview" mint={minting()} />).unmount();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(loads.count).toBe(0);

  render(<EmbeddedDashboard dashboardKey="clinic" title="Clinic overview" mint={minting()} />);
  await stands();
  expect(loads.count).toBe(1);
});
