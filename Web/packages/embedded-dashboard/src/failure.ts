/** What went wrong, as one of these or as the `slug` of the mint's own error. */
export type FailureCode =
  | 'sdk-unavailable'
  | 'no-answer'
  | 'blocked-by-host'
  | 'page-unreachable'
  | 'page-silent'
  | 'page-refused'
  | 'page-reloads'
  | 'token-malformed'
  | 'clock-wrong'
  | 'person-changed'
  | 'unexpected'
  | (string & {});

/** Why a dashboard is not shown. */
export class EmbedFailure extends Error {
  override readonly name = 'EmbedFailure';
  readonly code: FailureCode;
  /** The status of the answer that refused the token; 0 where there was none. */
  readonly status: number;
  /** How long to wait at least before asking again, in seconds. */
  readonly retryAfter: number;

  constructor(code: FailureCode, message: string, status = 0, { cause, retryAfter = 0 }: { cause?: unknown; retryAfter?: number } = {}) {
    super(message, { cause });
    this.code = code;
    this.status = status;
    this.retryAfter = retryAfter;
  }

  /** Whether asking again later, without anybody doing anything, may help. */
  get mayPass(): boolean {
    return this.status === 429 || this.status >= 500 || this.code === 'no-answer';
  }

  /** Whatever was thrown, and what it says of itself. */
  static of(error: unknown): EmbedFailure {
    if (error instanceof EmbedFailure) {
      return error;
    }
    const { status, slug, retryAfter } = (error ?? {}) as Record<string, unknown>;
    return typeof status === 'number'
      ? new EmbedFailure(typeof slug === 'string' ? slug : '', textOf(error), status, { cause: error, retryAfter: seconds(retryAfter) })
      : new EmbedFailure('unexpected', textOf(error), 0, { cause: error });
  }

  /** What a mint threw: its `status`, `slug` and `retryAfter`, or what `fetch` throws where the network is lost. */
  static ofMint(error: unknown): EmbedFailure {
    return isLostNetwork(error) ? new EmbedFailure('no-answer', textOf(error), 0, { cause: error }) : EmbedFailure.of(error);
  }
}

/** No page is kept waiting for longer, whatever its service says. */
const LONGEST_S = 3_600;

function textOf(error: unknown): string {
  const { message } = (error ?? {}) as { message?: unknown };
  return typeof message === 'string' ? message : String(error);
}

const seconds = (value: unknown) => (typeof value === 'number' && value > 0 ? Math.min(value, LONGEST_S) : 0);

// What fetch throws where there is no answer, by itself or by a signal.
function isLostNetwork(error: unknown): boolean {
  return error instanceof TypeError || (error instanceof DOMException && (error.name === 'AbortError' || error.name === 'TimeoutError'));
}
