import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const sheets = { app: '../app.css', package: '../../packages/embedded-dashboard/src/styles.css' };
const REDUCED = '@media (prefers-reduced-motion: reduce)';

/** Selectors of the rules that move something. */
function moving(css: string): string[] {
  const rules = css.replaceAll(/\/\*[^]*?\*\//g, '').matchAll(/([^{}]+)\{([^{}]*)\}/g);
  return [...rules].filter(([, , body]) => /^\s*(animation|transition)/m.test(body!)).map(([, selector]) => selector!.trim());
}

it.each(Object.entries(sheets))('what moves in the styles of the %s moves less for those who asked for it', (_, path) => {
  const [always, reduced] = readFileSync(join(import.meta.dirname, path), 'utf8').split(REDUCED);
  expect(moving(always!).length).toBeGreaterThan(0);
  expect(moving(always!).filter((selector) => !moving(reduced ?? '').includes(selector))).toEqual([]);
});
