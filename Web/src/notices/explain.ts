import type { Problem } from '../api/problem';

export interface Explanation {
  heading: string;
  text: string;
  canRetry: boolean;
}

const BY_SLUG: Record<string, Omit<Explanation, 'canRetry'>> = {
  'not-signed-in': {
    heading: 'Your session has ended',
    text: 'Sign in again to go on where you were.',
  },
  'no-tenant': {
    heading: 'Your account has no clinic',
    text: 'You are signed in, but your account does not belong to exactly one clinic. Ask your administrator to add you.',
  },
  'no-role': {
    heading: 'Your account has no role',
    text: 'You are signed in, but your account needs exactly one role in your clinic. Ask your administrator to assign it.',
  },
  'unknown-dashboard': {
    heading: 'This dashboard does not exist',
    text: 'It may have been renamed or removed. Ask your administrator.',
  },
  'uncovered-dataset': {
    heading: 'This dashboard cannot be shown safely',
    text: 'It uses data that your role has no rule for, so nothing of it is shown. Ask your administrator.',
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
    text: 'The service that draws them did not accept the request. Try again; if it stays so, tell your administrator.',
  },
  'catalogue-unavailable': {
    heading: 'The dashboards are not ready yet',
    text: 'They are still being set up. Try again in a few seconds.',
  },
  'database-unavailable': {
    heading: 'The database is away',
    text: 'Nothing is lost. Try again in a few seconds.',
  },
  'embed-silent': {
    heading: 'The dashboard does not answer',
    text: 'Its page could not be loaded or is not allowed here. Try again; if it stays so, tell your administrator.',
  },
  'no-answer': {
    heading: 'No connection',
    text: 'The service could not be reached. Check your network and try again.',
  },
};

/** What a problem means for the person in front of the page. */
export function explain(problem: Problem): Explanation {
  return { ...(BY_SLUG[problem.slug] ?? byStatus(problem)), canRetry: problem.mayPass || problem.status === 401 };
}

function byStatus(problem: Problem): Omit<Explanation, 'canRetry'> {
  if (problem.status === 403) {
    return {
      heading: 'You do not have access',
      text: 'Your role does not include this page. Ask your administrator if you need it.',
    };
  }
  if (problem.status >= 500 && problem.slug === '') {
    return {
      heading: 'The service is away',
      text: 'It does not answer at the moment, perhaps because it is just starting. Try again in a few seconds.',
    };
  }
  return { heading: 'Something went wrong', text: problem.message || 'The service did not say why. Try again later.' };
}
