/** Where the doctor's page (`docs/doctor.md`) is: beside the app, unless the build says otherwise; where it is nowhere, nothing links to it. */
const PAGE: string = import.meta.env.VITE_DOCTOR_PAGE ?? '/doctor.html';

/** What is found under another heading than its own name. */
const HEADINGS: Record<string, string> = {
  'no-tenant': 'sign-in',
  'no-role': 'sign-in',
  'signin-failed': 'sign-in',
  'identity-unavailable': 'keycloak-away',
  'database-unavailable': 'database-away',
  'audit-unavailable': 'database-away',
  'unknown-dashboard': 'mint-refused',
  'embedding-suspended': 'mint-refused',
  'superset-refused': 'mint-refused',
  'superset-unavailable': 'superset-away',
  'superset-busy': 'superset-away',
  'too-many-requests': 'rate-limited',
  'token-too-large': 'token-size',
  'token-malformed': 'guest-refused',
  'page-reloads': 'frame-navigates',
  'rendering-failed': 'server-pictures',
  'renderer-unavailable': 'server-pictures',
};

const OWN = ['uncovered-dataset', 'no-answer', 'sdk-unavailable', 'blocked-by-host', 'page-unreachable', 'page-silent', 'page-refused', 'clock-wrong'];

/** All headings of the page that the app links to. */
export const headings = [...new Set([...Object.values(HEADINGS), ...OWN])];

/** Where the doctor explains a failure, by its code or the Api's name for it; undefined where the failure says all there is. */
export function doctorOf(code: string, page = PAGE): string | undefined {
  const heading = Object.hasOwn(HEADINGS, code) ? HEADINGS[code] : OWN.includes(code) ? code : undefined;
  return heading && page && `${page}#${heading}`;
}
