import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { api } from './api';
import { setDark } from './scheme';

// Pages load on demand, on machines that do other things as well.
configure({ asyncUtilTimeout: 5_000 });

// jsdom asks no system for its colours.
setDark(false);

beforeAll(() => api.listen({ onUnhandledFrame: 'error' }));
afterEach(() => {
  cleanup();
  api.resetHandlers();
  setDark(false);
  window.history.replaceState(null, '', '/');
  for (const name of ['theme', 'language']) {
    document.cookie = `${name}=; Path=/; Max-Age=0`;
  }
  delete document.documentElement.dataset.theme;
});
afterAll(() => api.close());
