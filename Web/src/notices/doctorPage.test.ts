import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { rendered } from '../../doctorPage';
import { headings } from './doctor';

describe('the page that comes with the app', () => {
  const page = new DOMParser().parseFromString(rendered(readFileSync('../docs/doctor.md', 'utf8')), 'text/html');

  it('has what failures link to', () => {
    expect(headings.filter((heading) => page.getElementById(heading)?.textContent !== heading)).toEqual([]);
  });

  it('links to nothing that is not served, and holds nothing that its policy refuses', () => {
    const links = [...page.querySelectorAll('a')].map((link) => link.getAttribute('href') ?? '');
    const broken = links.filter((link) => (link.startsWith('#') ? !page.getElementById(link.slice(1)) : !link.startsWith('https:')));
    expect(broken).toEqual([]);
    expect(page.querySelectorAll('script, style, [style], img')).toHaveLength(0);
  });
});
