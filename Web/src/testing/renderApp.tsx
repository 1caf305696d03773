import { render } from '@testing-library/react';
import { createQueryClient } from '../api/queryClient';
import { Root } from '../Root';

/** The app as main.tsx mounts it, retrying without a pause. */
export function renderApp() {
  return render(<Root queries={createQueryClient(0)} />);
}
