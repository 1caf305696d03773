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

  constructor(code: FailureCode, message: string, status = 0, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.status = status;
  }

  /** Whether asking again later, without anybody doing anything, may help. */
  get mayPass(): boolean {
    return this.status === 429 || this.status >= 500 || this.code === 'no-answer';
  }

  /** Reads `status` and `slug` of whatever a mint throws. */
  static of(error: unknown): EmbedFailure {
    if (error instanceof EmbedFailure) {
      return error;
    }
    const { status, slug, message } = (error ?? {}) as { status?: unknown; slug?: unknown; message?: unknown };
    const text = typeof message === 'string' ? message : String(error);
    return typeof status === 'number'
      ? new EmbedFailure(typeof slug === 'string' && slug ? slug : '', text, status, error)
      : new EmbedFailure('unexpected', text, 0, error);
  }
}
