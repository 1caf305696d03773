import '@testing-library/jest-dom/vitest';
import { cleanup, configure } from '@testing-library/react';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { holdFor } from '../api/holder';
import { api } from './api';
import { setDark } from './scheme';

// Pages load on demand, on machines that do other things as well.
configure({ asyncUtilTimeout: 5_000 });

// jsdom asks no system for its colours.
setDark(false);

// jsdom lays nothing out that could be scrolled.
window.scrollTo = () => undefined;

beforeAll(() => api.listen({ onUnhandledFrame: 'error' }));
afterEach(() => {
  cleanup();
  api.resetHandlers();
  holdFor(null);
  setDark(false);
  window.history.replaceState(null, '', '/');
  for (const name of ['theme', 'language']) {
    document.cookie = `${name}=; Path=/; Max-Age=0`;
  }
  delete document.documentElement.dataset.theme;
});
afterAll(() => api.close());
