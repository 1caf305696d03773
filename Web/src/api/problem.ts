const TYPE_PREFIX = 'urn:embedstack:problem:';

/** An error answer of the Api (RFC 9457), or the lack of any answer, which has status 0. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly slug: string;
  /** How long to wait at least before asking again, in seconds; 0 where the Api does not say. */
  readonly retryAfter: number;

  constructor(status: number, slug: string, title: string, retryAfter = 0) {
    super(title);
    this.status = status;
    this.slug = slug;
    this.retryAfter = retryAfter;
  }

  /** Whether asking again later, without anybody doing anything, may help. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500;
  }

  static async from(response: Response): Promise<Problem> {
    const body = await readBody(response);
    const type = typeof body.type === 'string' ? body.type : '';
    const slug = type.startsWith(TYPE_PREFIX) ? type.slice(TYPE_PREFIX.length) : '';
    const title = typeof body.title === 'string' ? body.title : '';
    return new Problem(response.status, slug, title, Number(response.headers.get('Retry-After')) || 0);
  }

  static of(error: unknown): Problem {
    return error instanceof Problem ? error : new Problem(0, 'unexpected', 'Something went wrong in this page.');
  }
}

async function readBody(response: Response): Promise<Record<string, unknown>> {
  try {
    const body: unknown = await response.json();
    return typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
