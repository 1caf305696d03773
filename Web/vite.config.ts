import { fileURLToPath } from 'node:url';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vitest/config';
import { budget } from './budget';
import { doctorPage } from './doctorPage';

// The host name stays the browser's: the Api answers for its public origin alone.
const toApi = { target: process.env.API_HTTP ?? 'http://localhost:5180', changeOrigin: false };

// The app's certificate with its key, where the app is served by HTTPS.
const certificate = process.env.HTTPS_CERTIFICATE;

// The workspace's own package as it is written, not as it was built last.
const embeddedDashboard = fileURLToPath(new URL('packages/embedded-dashboard/src/index.ts', import.meta.url));

export default defineConfig({
  plugins: [react(), budget(150_000), doctorPage()],
  resolve: {
    alias: [{ find: /^@embedstack\/embedded-dashboard$/, replacement: embeddedDashboard }],
  },
  server: {
    host: 'localhost',
    port: Number(process.env.PORT ?? 5173),
    strictPort: true,
    https: certificate ? { cert: certificate, key: certificate } : undefined,
    proxy: { '/bff': toApi, '/api': toApi },
    headers: {
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      ...(certificate ? { 'Strict-Transport-Security': 'max-age=31536000' } : {}),
    },
  },
  // Nothing inline, no data: addresses: the built app runs under a strict content security policy.
  build: { outDir: 'dist', assetsInlineLimit: 0, modulePreload: { polyfill: false } },
  test: {
    projects: [{ extends: true, test: { name: 'app', include: ['src/**/*.test.{ts,tsx}'] } }, 'packages/*'],
    environment: 'jsdom',
    setupFiles: 'src/testing/setup.ts',
    // Above what a single wait may take on a machine that does other things as well.
    testTimeout: 30_000,
    environmentOptions: { jsdom: { url: 'http://localhost:5173/' } },
  },
});
