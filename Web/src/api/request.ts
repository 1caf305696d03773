import { Problem } from './problem';

const PATIENCE_MS = 20_000;

/** Calls the Api on the page's own origin and returns its JSON; anything else is thrown as a {@link Problem}. */
export async function request<T>(path: string, init: RequestInit = {}, onHeaders?: (headers: Headers) => void): Promise<T> {
  const response = await call(path, init);
  onHeaders?.(response.headers);
  return (await response.json()) as T;
}

/** An unsafe method whose answer has no body: the header is one that no other site can send. */
export async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<void> {
  await call(path, unsafe(method, body, headers));
}

export function post<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return request<T>(path, { ...unsafe('POST', body), ...(signal ? { signal } : {}) });
}

function unsafe(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method,
    headers: { 'X-CSRF': '1', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

async function call(path: string, init: RequestInit): Promise<Response> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, patience]) : patience;
  let response: Response;
  try {
    response = await fetch(path, { ...init, signal, cache: 'no-store', credentials: 'same-origin' });
  } catch (error) {
    init.signal?.throwIfAborted();
    throw new Problem(0, 'no-answer', error instanceof Error ? error.message : 'No answer.');
  }
  if (!response.ok) {
    throw await Problem.from(response);
  }
  return response;
}
