const YEAR = 365 * 24 * 60 * 60;

/** What this browser keeps for the person who uses it. Nothing that says who it is, nothing that opens anything. */
export function readPreference(name: string): string | undefined {
  const prefix = `${name}=`;
  return document.cookie
    .split('; ')
    .find((cookie) => cookie.startsWith(prefix))
    ?.slice(prefix.length);
}

export function writePreference(name: string, value: string | null): void {
  const age = value === null ? 0 : YEAR;
  const secure = window.location.protocol === 'https:' ? '; Secure' : '';
  // oxlint-disable-next-line unicorn/no-document-cookie -- the server's first byte and theme.js read it, nothing else does
  document.cookie = `${name}=${value ?? ''}; Path=/; Max-Age=${age}; SameSite=Lax${secure}`;
}
