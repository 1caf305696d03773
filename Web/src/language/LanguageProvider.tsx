import { type ReactNode, useLayoutEffect, useMemo, useState } from 'react';
import { writePreference } from '../preferences/cookie';
import { preferredLanguage, SpeechContext, textsOf, type Language } from './language';

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(preferredLanguage);
  useLayoutEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speech = useMemo(() => {
    const choose = (chosen: Language) => {
      writePreference('language', chosen);
      setLanguage(chosen);
    };
    return { language, texts: textsOf(language), choose };
  }, [language]);
  return <SpeechContext value={speech}>{children}</SpeechContext>;
}
