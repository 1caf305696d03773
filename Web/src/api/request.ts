import { nameHolder } from './holder';
import { Problem } from './problem';

const PATIENCE_MS = 20_000;
/** Files may be made only then, and after others': the Api gives up before this. */
const FILE_PATIENCE_MS = 300_000;

export interface Download {
  contents: Blob;
  name: string;
  headers: Headers;
}

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

/** A file that is made for the question. */
export async function fetchFile(path: string, body: unknown, signal: AbortSignal): Promise<Download> {
  const response = await call(path, { ...unsafe('POST', body), signal }, FILE_PATIENCE_MS);
  const name = /filename="?([^";]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
  try {
    return { contents: await response.blob(), name: name ?? 'dashboard', headers: response.headers };
  } catch (error) {
    signal.throwIfAborted();
    throw noAnswer(error);
  }
}

function unsafe(method: string, body: unknown, headers: Record<string, string> = {}): RequestInit {
  return {
    method,
    headers: { 'X-CSRF': '1', ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

async function call(path: string, init: RequestInit, patienceMs = PATIENCE_MS): Promise<Response> {
  const patience = AbortSignal.timeout(patienceMs);
  const signal = init.signal ? AbortSignal.any([init.signal, patience]) : patience;
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers: nameHolder(path, new Headers(init.headers)), signal, cache: 'no-store', credentials: 'same-origin' });
  } catch (error) {
    init.signal?.throwIfAborted();
    throw noAnswer(error);
  }
  if (!response.ok) {
    throw await Problem.from(response);
  }
  return response;
}

const noAnswer = (error: unknown) => new Problem(0, 'no-answer', error instanceof Error ? error.message : 'No answer.');
