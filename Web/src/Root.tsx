import { CSPProvider } from '@base-ui/react/csp-provider';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { BrowserRouter } from 'react-router';
import { App } from './App';
import { LanguageProvider } from './language/LanguageProvider';
import { Boundary } from './ui/Boundary';
import { BrokenPage } from './ui/Broken';

/** The app and what it stands in. No element of style is ever inlined: the policy would refuse it. */
export function Root({ queries }: { queries: QueryClient }) {
  return (
    <StrictMode>
      <CSPProvider disableStyleElements>
        <QueryClientProvider client={queries}>
          <LanguageProvider>
            <Boundary
              renderFailure={(error) => (
                <main>
                  <BrokenPage error={error} />
                </main>
              )}
            >
              <BrowserRouter>
                <App />
              </BrowserRouter>
            </Boundary>
          </LanguageProvider>
        </QueryClientProvider>
      </CSPProvider>
    </StrictMode>
  );
}
