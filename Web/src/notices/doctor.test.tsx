import { readFileSync } from 'node:fs';
import { screen } from '@testing-library/react';
import { http } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { api, problem, signedIn } from '../testing/api';
import { renderApp } from '../testing/renderApp';
import { doctorOf, headings } from './doctor';

vi.mock('@superset-ui/embedded-sdk', () => import('../testing/fakeSdk'));

const link = () => screen.findByRole('link', { name: /Causes and remedies/ });

describe('the doctor’s page', () => {
  it('has a heading for whatever the app links to', () => {
    const page = readFileSync('../docs/doctor.md', 'utf8');
    const there = new Set([...page.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading));
    expect(headings.filter((heading) => !there.has(heading))).toEqual([]);
  });

  it('is linked where it is published, and for what it explains', () => {
    expect(doctorOf('no-role')).toBe('/doctor.html#sign-in');
    expect(doctorOf('no-role', 'https://docs.example/doctor')).toBe('https://docs.example/doctor#sign-in');
    expect(doctorOf('no-role', '')).toBeFalsy();
    expect(doctorOf('invalid-view', 'https://docs.example/doctor')).toBeUndefined();
    expect(doctorOf('constructor', 'https://docs.example/doctor')).toBeUndefined();
  });
});

describe('a failure links to it', () => {
  it('of a mint', async () => {
    signedIn();
    window.history.replaceState(null, '', '/dashboards/clinic');
    api.use(http.post('/api/superset/guest-token', () => problem(409, 'uncovered-dataset')));
    renderApp();
    expect((await link()).getAttribute('href')).toMatch(/#uncovered-dataset$/);
  });

  it('of a sign-in', async () => {
    window.history.replaceState(null, '', '/?signin=failed');
    renderApp();
    expect((await link()).getAttribute('href')).toMatch(/#sign-in$/);
  });

  it('of who is signed in and has no role', async () => {
    window.history.replaceState(null, '', '/');
    api.use(http.get('/bff/user', () => problem(403, 'no-role')));
    renderApp();
    expect((await link()).getAttribute('href')).toMatch(/#sign-in$/);
  });
});
