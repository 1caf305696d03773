// @vitest-environment node
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const home = fileURLToPath(new URL('..', import.meta.url));
const modules = fileURLToPath(new URL('../../../node_modules', import.meta.url));
const place = mkdtempSync(join(tmpdir(), 'embedded-dashboard-'));
const installed = join(place, 'node_modules/@embedstack/embedded-dashboard');

const run = (program: string, ...args: string[]) => {
  try {
    return execFileSync(program, args, { cwd: place, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(' ')} failed:\n${stdout}\n${stderr}`, { cause: error });
  }
};

/** As npm would install it, from the tarball; what it needs is what the workspace has. */
beforeAll(() => {
  run('npm', 'pack', home, '--pack-destination', place, '--silent');
  const tarball = readdirSync(place).find((name) => name.endsWith('.tgz'))!;
  mkdirSync(installed, { recursive: true });
  run('tar', '-xzf', tarball, '-C', installed, '--strip-components=1');
  for (const name of ['@superset-ui', 'rison', 'react', 'react-dom', '@types', 'csstype']) {
    const target = join(place, 'node_modules', name);
    mkdirSync(dirname(target), { recursive: true });
    symlinkSync(join(modules, name), target);
  }
  writeFileSync(join(place, 'package.json'), JSON.stringify({ type: 'module' }));
  writeFileSync(
    join(place, 'consumer.tsx'),
    `import { EmbeddedDashboard, EmbedFailure, english, explain, type EmbedState, type Messages, type Mint } from '@embedstack/embedded-dashboard';
export const mint: Mint = async (key) => ({ token: '', dashboards: [{ key, embedded_id: '', domain: '' }] });
export const texts: Messages = { ...english, retry: 'Encore' };
export const state: EmbedState = { filters: '()' };
export const page = <EmbeddedDashboard dashboardKey="clinic" title="Clinic" mint={mint} state={state} messages={texts} />;
export const { heading } = explain(new EmbedFailure('no-answer', ''));
// @ts-expect-error a dashboard needs its key
export const none = <EmbeddedDashboard title="Clinic" mint={mint} />;
`,
  );
}, 120_000);

afterAll(() => rmSync(place, { recursive: true }));

describe('the package, as it is published', () => {
  it('has its licence, its README and what its exports name, and neither sources nor tests', () => {
    const files = readdirSync(installed, { recursive: true, withFileTypes: true })
      .filter((file) => file.isFile())
      .map((file) => file.name);
    expect(files).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'index.js', 'index.d.ts', 'styles.css', 'package.json']));
    expect(files.filter((name) => /\.test\.|(?<!\.d)\.tsx?$/.test(name))).toEqual([]);
    expect(readFileSync(join(installed, 'dist/EmbeddedDashboard.js'), 'utf8')).toMatch(/^'use client';/);
  });

  it('is imported and rendered by a server, where there is no window', () => {
    const script = `
      import { createElement } from 'react';
      import { renderToString } from 'react-dom/server';
      import { EmbeddedDashboard, english } from '@embedstack/embedded-dashboard';
      const mint = () => { throw new Error('A server mints nothing.'); };
      process.stdout.write(renderToString(createElement(EmbeddedDashboard, { dashboardKey: 'clinic', title: 'Clinic overview', mint })) + english.retry);`;
    expect(run('node', '--input-type=module', '-e', script)).toMatch(/Loading Clinic overview….*Try again$/s);
  });

  it.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])('has types for modules of %s, resolved as %s', (module, moduleResolution) => {
    const compilerOptions = { module, moduleResolution, target: 'es2022', jsx: 'react-jsx', strict: true, noEmit: true, types: [] };
    writeFileSync(join(place, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['consumer.tsx'] }));
    expect(run(join(modules, '.bin/tsc'), '-p', '.')).toBe('');
  });
});
