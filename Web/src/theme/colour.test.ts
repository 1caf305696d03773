import { describe, expect, it } from 'vitest';
import { accents } from './brand';
import { contrast } from './colour';

describe('accents', () => {
  it.each(['#ffffff', '#000000', '#ffe600', '#0b5d66', '#8a1538', '#00ff7f', '#7f7f7f'])('of %s can be read, and written upon, in both modes', (accent) => {
    const { light, dark } = accents(accent);
    expect(contrast(light, '#f5f7f8')).toBeGreaterThanOrEqual(4.5);
    expect(contrast('#ffffff', light)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(dark, '#181f21')).toBeGreaterThanOrEqual(4.5);
    expect(contrast('#0b1112', dark)).toBeGreaterThanOrEqual(4.5);
  });

  it.each([null, undefined, '', 'red', '#fff', 'url(x)', '#12345g'])('of what is no colour are the product’s own: %s', (accent) => {
    expect(accents(accent)).toEqual(accents('#0b5d66'));
  });
});
