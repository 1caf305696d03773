import { useMemo } from 'react';
import { type Language, useSpeech } from './language';

/** English as most of the demo's clinics write it: day before month. */
const OTHERWISE: Record<Language, string> = { en: 'en-AU', de: 'de' };

/** The language as it is written where the browser's owner is, if the browser says. */
const localeOf = (language: Language) => navigator.languages.find((tag) => tag.startsWith(`${language}-`)) ?? OTHERWISE[language];

/** Times and numbers as the language writes them, in the browser's time zone. */
export function useFormat() {
  const { language } = useSpeech();
  return useMemo(() => {
    const locale = localeOf(language);
    const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
    const number = new Intl.NumberFormat(locale);
    return { time: (at: string | number) => time.format(new Date(at)), number: (value: number) => number.format(value) };
  }, [language]);
}
