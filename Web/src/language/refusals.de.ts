import type { refusals as english } from './refusals.en';

export const refusals: typeof english = {
  'malformed-request': {
    heading: 'Das lässt sich nicht fragen',
    text: 'Prüfen Sie die Angaben: Eine Zeit darf nicht enden, bevor sie beginnt, und Schlüssel haben Buchstaben, Ziffern, - und _.',
  },
  'invalid-entitlements': {
    heading: 'Diese Berechtigungen sind nicht in Ordnung',
    text: 'Nichts wurde gesichert. Verwerfen Sie Ihre Änderungen und machen Sie sie neu.',
  },
  'invalid-revocation': {
    heading: 'So etwas gibt es nicht zu sperren',
    text: 'Prüfen Sie, ob die Angabe die Kennung oder der Schlüssel dessen ist, was gewählt wurde.',
  },
  'invalid-view': {
    heading: 'Diese Ansicht lässt sich nicht speichern',
    text: 'Geben Sie ihr einen anderen Namen oder setzen Sie weniger Filter: Was darin steht, ist zu lang.',
  },
  'not-found': { heading: 'Das gibt es nicht', text: 'Es wurde vielleicht inzwischen entfernt, oder es ist nicht für Sie. Prüfen Sie die Angaben.' },
  'would-lock-out': { heading: 'Damit würden Sie sich aussperren', text: 'Niemand kann sich selbst den Zugang entziehen. Bitten Sie jemanden, der es darf.' },
  'precondition-failed': {
    heading: 'Jemand anderes war schneller',
    text: 'Es wurde geändert, seit Sie es geöffnet haben; von Ihnen wurde nichts gesichert. Sehen Sie noch einmal hin.',
  },
  'cross-site-request': {
    heading: 'Die Anfrage kam nicht von dieser Seite',
    text: 'Etwas zwischen diesem Browser und dem Dienst hat sie verändert. Laden Sie die Seite neu.',
  },
  'too-large': { heading: 'Das ist zu viel auf einmal', text: 'Nichts wurde gesichert. Ändern Sie weniger auf einmal.' },
  'audit-unavailable': {
    heading: 'Das Protokoll ist nicht da',
    text: 'Nichts wird gezeigt, was sich nicht aufschreiben ließ. Versuchen Sie es in ein paar Sekunden erneut.',
  },
  internal: {
    heading: 'Etwas ist schiefgegangen',
    text: 'Es wurde für die aufgeschrieben, die den Dienst betreuen. Versuchen Sie es erneut; bleibt es dabei, sagen Sie es Ihrer Administration.',
  },
};
