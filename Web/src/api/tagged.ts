import { request } from './request';

/** What was read, and the tag by which a change says what it was made on. */
export type Tagged<T> = T & { etag: string };

export async function readTagged<T extends object>(path: string, init: RequestInit): Promise<Tagged<T>> {
  let etag = '';
  const answer = await request<T>(path, init, (headers) => {
    etag = headers.get('ETag') ?? '';
  });
  return { ...answer, etag };
}
