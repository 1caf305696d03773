import { useMemo } from 'react';
import { useSpeech } from './language';

/** Times and numbers as the language writes them, in the browser's time zone. */
export function useFormat() {
  const { language } = useSpeech();
  return useMemo(() => {
    // English as most of the demo's clinics write it: day before month.
    const locale = language === 'en' ? 'en-AU' : language;
    const time = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' });
    const number = new Intl.NumberFormat(locale);
    return { time: (text: string) => time.format(new Date(text)), number: (value: number) => number.format(value) };
  }, [language]);
}
