import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { de } from './de';
import { en } from './en';

/** What only programs, proxies and sign-ins are answered with, and what only a page could ask that is not this one. */
const NEVER_SHOWN = new Set([
  'invalid-host',
  'invalid-return-url',
  'invalid-issuer',
  'invalid-logout-token',
  'two-credentials',
  'invalid-token',
  'no-guest-token',
  'method-not-allowed',
  'unsupported-media-type',
  'precondition-required',
]);

const problems = readFileSync('../Api/Http/Problems.cs', 'utf8');
const slugs = new Set([...problems.matchAll(/(?:new\(\d+|Away\(|new\()[^"]*"([a-z-]+)"/g)].map(([, slug]) => slug!));

/** Every name in it, however deep. */
const names = (value: unknown, path = ''): string[] =>
  typeof value === 'object' && value !== null ? Object.entries(value).flatMap(([name, each]) => names(each, `${path}/${name}`)) : [path];

describe('languages', () => {
  it('say the same things', () => {
    expect(names(de).toSorted()).toEqual(names(en).toSorted());
  });

  it('have a text for whatever the Api refuses', () => {
    expect(slugs.size).toBeGreaterThan(25);
    const needed = [...slugs].filter((slug) => !NEVER_SHOWN.has(slug));
    expect(needed.filter((slug) => !en.embed.failures[slug] || !de.embed.failures[slug])).toEqual([]);
  });
});
