import { Problem } from '../api/problem';

/** For `lazy`: after an installation the name of a part's code leads nowhere, and only the page, loaded anew, knows the next. */
export const loaded =
  <T>(load: () => Promise<T>) =>
  (): Promise<T> =>
    load().catch((cause: unknown) => {
      throw new Problem(0, 'sdk-unavailable', String(cause));
    });
