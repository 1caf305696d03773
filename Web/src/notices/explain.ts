import { explain as explainEmbed, type Messages } from '@embedstack/embedded-dashboard';
import type { Problem } from '../api/problem';

export interface Explanation {
  heading: string;
  text: string;
  canRetry: boolean;
}

/** What a problem means for the person in front of the page. */
export function explain(problem: Problem, messages: Messages): Explanation {
  const message = explainEmbed({ code: problem.slug, status: problem.status }, messages);
  return { ...message, canRetry: problem.mayPass || problem.status === 401 };
}
