import { createContext, use } from 'react';
import { readPreference } from '../preferences/cookie';
import { de } from './de';
import { en, type Texts } from './en';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;

export type Language = keyof typeof LANGUAGES;

const TEXTS: Record<Language, Texts> = { en, de };

export interface Speech {
  language: Language;
  texts: Texts;
  choose: (language: Language) => void;
}

export const SpeechContext = createContext<Speech>({ language: 'en', texts: en, choose: () => undefined });

export const textsOf = (language: Language): Texts => TEXTS[language];

/** What the person chose in this browser, else the first of the browser's languages that there is. */
export function preferredLanguage(): Language {
  const wanted = [readPreference('language'), ...navigator.languages.map((tag) => tag.split('-')[0])];
  return wanted.find((language): language is Language => language !== undefined && language in TEXTS) ?? 'en';
}

export const useTexts = (): Texts => use(SpeechContext).texts;

export const useSpeech = (): Speech => use(SpeechContext);
