import type { EmbedFailure } from './failure.js';

export interface Message {
  heading: string;
  text: string;
}

/** All texts of the component. Hosts replace them to speak another language. */
export interface Messages {
  loading: (title: string) => string;
  phases: { token: string; page: string; charts: string };
  stale: string;
  retry: string;
  /** Beside a failure that may pass: it is tried again without anybody asking. */
  retrying: string;
  /** By the failure's code; `forbidden`, `away` and `other` stand for the rest. */
  failures: Record<string, Message> & { forbidden: Message; away: Message; other: Message };
}

const administrator = 'if it stays so, tell your administrator';

export const english: Messages = {
  loading: (title) => `Loading ${title}…`,
  phases: { token: 'Asking for access', page: 'Opening the dashboard', charts: 'Drawing the charts' },
  stale: 'The connection was lost. What you see stays; new figures come when it is back.',
  retry: 'Try again',
  retrying: 'This page tries again by itself as well.',
  failures: {
    'not-signed-in': { heading: 'Your session has ended', text: 'Sign in again to go on where you were.' },
    'no-tenant': {
      heading: 'Your account has no clinic',
      text: 'You are signed in, but your account does not belong to exactly one clinic. Ask your administrator to add you.',
    },
    'no-role': {
      heading: 'Your account has no role',
      text: 'You are signed in, but your account needs exactly one role in your clinic. Ask your administrator to assign it.',
    },
    'access-withdrawn': { heading: 'Your access has been withdrawn', text: 'Ask your administrator if you still need it.' },
    'unknown-dashboard': {
      heading: 'This dashboard does not exist',
      text: 'It may have been renamed or removed, or your role does not include it. Ask your administrator.',
    },
    'uncovered-dataset': {
      heading: 'This dashboard cannot be shown safely',
      text: 'It uses data that your role has no rule for, so nothing of it is shown. Ask your administrator.',
    },
    'token-too-large': {
      heading: 'This dashboard needs too many rules',
      text: 'The rules for your role do not fit into one token. Ask your administrator to open fewer dashboards at once.',
    },
    'too-many-requests': { heading: 'A little too fast', text: 'Many dashboards were opened in a short time. Try again in a few seconds.' },
    'embedding-suspended': {
      heading: 'Dashboards are switched off for now',
      text: 'Your administrators have paused all dashboards. Try again in a few minutes.',
    },
    'identity-unavailable': {
      heading: 'The sign-in service is away',
      text: 'It cannot be asked who you are at the moment. Try again in a few seconds.',
    },
    'superset-unavailable': {
      heading: 'The dashboards are away',
      text: 'The service that draws them does not answer, perhaps because it is just starting. Try again in a few seconds.',
    },
    'superset-refused': {
      heading: 'The dashboards refused',
      text: `The service that draws them did not accept the request. Try again; ${administrator}.`,
    },
    'superset-busy': {
      heading: 'Many people look at dashboards',
      text: 'The service that draws them has no room at the moment. Try again in a few seconds.',
    },
    'database-unavailable': { heading: 'The database is away', text: 'Nothing is lost. Try again in a few seconds.' },
    'no-answer': { heading: 'No connection', text: 'The service could not be reached. Check your network and try again.' },
    'sdk-unavailable': {
      heading: 'A part of this page did not load',
      text: 'The network may have failed, or a new version was installed. Reload the page.',
    },
    'blocked-by-host': {
      heading: 'This page may not show dashboards',
      text: 'Its own security policy does not allow the dashboards’ address in a frame. Tell your administrator: frame-src.',
    },
    'page-unreachable': {
      heading: 'The dashboard cannot be reached',
      text: `Its address did not load: the network, a blocker in this browser, or the service. Try again; ${administrator}.`,
    },
    'page-silent': {
      heading: 'The dashboard does not answer',
      text: `Its page could not be loaded or is not allowed here. Try again; ${administrator} (allowed domains, embedded id, frame-ancestors).`,
    },
    'page-refused': {
      heading: 'The dashboard’s page is not open to this site',
      text: 'It is not there, or does not allow this address to show it. Tell your administrator: allowed domains, embedded id.',
    },
    'page-reloads': {
      heading: 'The dashboard keeps reloading',
      text: `It started over several times within a minute. Try again; ${administrator}.`,
    },
    'token-malformed': {
      heading: 'The dashboard could not be opened',
      text: 'The service gave access in a form that the dashboards do not understand. Tell your administrator.',
    },
    'clock-wrong': {
      heading: 'The clock of this device is wrong',
      text: 'Access had ended by this device’s clock before it began. Set date and time, then try again.',
    },
    'person-changed': {
      heading: 'Somebody else has signed in',
      text: 'Another tab of this browser signed in as somebody else. Reload this page to see what is open to them.',
    },
    forbidden: { heading: 'You do not have access', text: 'Your role does not include this page. Ask your administrator if you need it.' },
    away: {
      heading: 'The service is away',
      text: 'It does not answer at the moment, perhaps because it is just starting. Try again in a few seconds.',
    },
    other: { heading: 'Something went wrong', text: `Try again; ${administrator}.` },
  },
};

/** What a failure means for the person in front of the page. */
export function explain(failure: Pick<EmbedFailure, 'code' | 'status'>, { failures }: Messages = english): Message {
  return (
    (Object.hasOwn(failures, failure.code) ? failures[failure.code] : undefined) ??
    (failure.status === 401
      ? failures['not-signed-in']
      : failure.status === 403
        ? failures.forbidden
        : failure.status >= 500
          ? failures.away
          : failures.other) ??
    failures.other
  );
}
