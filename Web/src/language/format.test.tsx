import { renderHook } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { useFormat } from './format';
import { LanguageProvider } from './LanguageProvider';

const AT = '2026-11-21T12:00:00';

afterEach(() => vi.restoreAllMocks());

describe('times and numbers', () => {
  it.each([
    ['English', ['en-US', 'en'], 'en', 'Nov 21, 2026', '1,234.5'],
    ['English', ['en-GB'], 'en', '21 Nov 2026', '1,234.5'],
    ['English that says no more', ['en'], 'en', '21 Nov 2026', '1,234.5'],
    ['English chosen in a French browser', ['fr-FR', 'en-US'], 'en', 'Nov 21, 2026', '1,234.5'],
    ['German', ['de-DE', 'en-US'], 'de', '21.11.2026', '1.234,5'],
    ['German chosen in an English browser', ['en-US'], 'de', '21.11.2026', '1.234,5'],
  ])('are the browser’s own: %s %j', (_, languages, language, day, number) => {
    vi.spyOn(navigator, 'languages', 'get').mockReturnValue(languages);
    document.cookie = `language=${language}; Path=/`;
    const wrapper = ({ children }: { children: ReactNode }) => <LanguageProvider>{children}</LanguageProvider>;
    const { current: format } = renderHook(() => useFormat(), { wrapper }).result;
    expect(format.time(AT)).toContain(day);
    expect(format.number(1234.5)).toBe(number);
  });
});
