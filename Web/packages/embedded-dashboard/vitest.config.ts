import react from '@vitejs/plugin-react';
import { defineProject } from 'vitest/config';

export default defineProject({
  plugins: [react()],
  test: {
    name: 'embedded-dashboard',
    environment: 'jsdom',
    setupFiles: 'src/testing/setup.ts',
    environmentOptions: { jsdom: { url: 'http://localhost:5173/' } },
  },
});
