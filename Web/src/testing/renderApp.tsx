import { QueryClientProvider } from '@tanstack/react-query';
import { render } from '@testing-library/react';
import { StrictMode } from 'react';
import { createQueryClient } from '../api/queryClient';
import { App } from '../App';

/** The app as main.tsx mounts it, retrying without a pause. */
export function renderApp() {
  return render(
    <StrictMode>
      <QueryClientProvider client={createQueryClient(0)}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
}
