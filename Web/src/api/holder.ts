const HEADER = 'X-Person';
/** The one question that is about whoever is there. */
const WHO = '/bff/user';

let holder: string | null = null;

/** Whom an answer names. */
export const holderOf = (answer: Headers): string | null => answer.get(HEADER);

/** For whom this page is from now on: once that person's pages are the ones that stand, and not before. */
export function holdFor(tag: string | null): void {
  holder = tag;
}

/**
 * Says with a request for whom this page is: cookies are the whole browser's, and somebody else may have signed in by another
 * window. The Api refuses then, before anything is read or done for the wrong person.
 */
export function nameHolder(path: string, headers: Headers): Headers {
  if (holder && path !== WHO) {
    headers.set(HEADER, holder);
  }
  return headers;
}
