import { Problem } from './problem';

const PATIENCE_MS = 20_000;

/** Calls the Api on the page's own origin and returns its JSON; anything else is thrown as a {@link Problem}. */
export async function request<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await send(path, init);
  if (!response.ok) {
    throw await Problem.from(response);
  }
  return (await response.json()) as T;
}

/** An unsafe method: the header is one that no other site can send. */
export function post<T>(path: string, body?: unknown, signal?: AbortSignal): Promise<T> {
  return request<T>(path, {
    method: 'POST',
    headers: { 'X-CSRF': '1', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const signal = init.signal ? AbortSignal.any([init.signal, patience]) : patience;
  try {
    return await fetch(path, { ...init, signal, cache: 'no-store', credentials: 'same-origin' });
  } catch (error) {
    init.signal?.throwIfAborted();
    throw new Problem(0, 'no-answer', error instanceof Error ? error.message : 'No answer.');
  }
}
