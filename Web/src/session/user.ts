import { Problem } from '../api/problem';
import { post, request } from '../api/request';
import { load } from './hiddenFrame';

export interface User {
  name: string;
  /** `accent` is the tenant's colour, `#rrggbb`; null where it has none. */
  tenant: { key: string; name: string; accent?: string | null };
  role: string;
}

export const identityOf = ({ name, tenant, role }: User) => `${tenant.key}/${role}/${name}`;

export const isSame = (one: User, other: User) => identityOf(one) === identityOf(other);

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
  const { redirect, forget } = await post<{ redirect: string; forget: string }>('/bff/logout');
  await load(forget);
  return redirect;
}
