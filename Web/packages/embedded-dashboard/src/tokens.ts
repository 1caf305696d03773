import { EmbedFailure } from './failure.js';
import { claimsOf, type GuestToken, type Mint, readGuestToken } from './guestToken.js';
import type { Holder } from './holder.js';

/** How long the service behind the mint may be away before the page says so. */
export const GRACE_MS = 12_000;

interface Options {
  dashboardKey: string;
  mint: Mint;
  holder: Holder;
  signal: AbortSignal;
  /** A refresh was refused for good: the session is over, or the right to this dashboard. */
  onRefused: (failure: EmbedFailure) => void;
  /** Whether the token has ended and no new one has come. */
  onStale: (stale: boolean) => void;
}

/** The tokens of one embedding: minted when they are asked for, kept nowhere but in the embed. */
export class Tokens {
  readonly #options: Options;
  #unused: string | undefined;
  #expiry = Infinity;
  #alarm: ReturnType<typeof setTimeout> | undefined;

  constructor(options: Options) {
    this.#options = options;
    options.signal.addEventListener('abort', () => clearTimeout(this.#alarm), { once: true });
  }

  /** Mints the token that the SDK's first call gets: the answer also says what to embed. */
  async first(): Promise<GuestToken['dashboards'][number]> {
    const { dashboardKey } = this.#options;
    const answer = await this.#mint();
    const dashboard = answer.dashboards.find(({ key }) => key === dashboardKey);
    if (!dashboard) {
      throw new EmbedFailure('unknown-dashboard', 'The token is for another dashboard.', 404);
    }
    this.#unused = answer.token;
    return dashboard;
  }

  /** For the SDK. What it throws the SDK asks again for, every 10 s. */
  readonly fetch = async (): Promise<string> => {
    const unused = this.#unused;
    this.#unused = undefined;
    return unused ?? (await this.#refresh());
  };

  get isOver(): boolean {
    return Date.now() >= this.#expiry;
  }

  /** Whether a token can be had now; what is refused for good is told as for each refresh. */
  async canMint(): Promise<boolean> {
    try {
      await this.#ask();
      return true;
    } catch (error) {
      this.#tellIfRefused(error);
      return false;
    }
  }

  async #refresh(): Promise<string> {
    try {
      const { token } = await this.#mint();
      this.#options.onStale(false);
      return token;
    } catch (error) {
      this.#tellIfRefused(error);
      throw error;
    }
  }

  async #mint(): Promise<GuestToken> {
    const answer = await this.#ask();
    const { expiry, holder } = claimsOf(answer.token);
    this.#options.holder.check(holder);
    if (expiry <= Date.now()) {
      // The SDK would ask for the next one every 5 s, for ever.
      throw new EmbedFailure('clock-wrong', 'A new token has ended already: the clock of this device is wrong.');
    }
    this.#expiry = expiry;
    clearTimeout(this.#alarm);
    this.#alarm = setTimeout(() => this.#options.onStale(true), Math.min(expiry - Date.now() + GRACE_MS, 2 ** 31 - 1));
    return answer;
  }

  // What goes wrong outside of the host's own mint is never a lost network.
  async #ask(): Promise<GuestToken> {
    const { dashboardKey, mint, signal } = this.#options;
    let answer: unknown;
    try {
      answer = await mint(dashboardKey, signal);
    } catch (error) {
      throw EmbedFailure.ofMint(error);
    }
    signal.throwIfAborted();
    return readGuestToken(answer);
  }

  #tellIfRefused(error: unknown) {
    const failure = EmbedFailure.of(error);
    if (!this.#options.signal.aborted && !failure.mayPass) {
      this.#options.onRefused(failure);
    }
  }
}
