import { Problem } from '../api/problem';
import { post, request } from '../api/request';

export interface User {
  name: string;
  /** `accent` is the tenant's colour, `#rrggbb`; null where it has none. */
  tenant: { key: string; name: string; accent?: string | null };
  role: string;
}

/** Who is signed in; null where nobody is. */
export async function fetchUser(signal?: AbortSignal): Promise<User | null> {
  try {
    return await request<User>('/bff/user', signal ? { signal } : {});
  } catch (error) {
    if (error instanceof Problem && error.status === 401) {
      return null;
    }
    throw error;
  }
}

/** Ends the session here; the answer says where the browser goes to end it at the identity provider. */
export async function signOut(): Promise<string> {
  const { redirect } = await post<{ redirect: string }>('/bff/logout');
  return redirect;
}
