import { EmbedFailure } from './failure.js';

/**
 * For whom the first token of a component was. Cookies are the whole browser's: somebody else may have signed in by another
 * window before the next frame or dashboard asks, and nothing of theirs is shown under the former name.
 */
export class Holder {
  #name: string | undefined;

  check(name: string | undefined): void {
    this.#name ??= name;
    if (name !== this.#name) {
      throw new EmbedFailure('person-changed', 'The token is for another person than the first one.', 401);
    }
  }
}
