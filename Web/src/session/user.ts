import { holderOf } from '../api/holder';
import { Problem } from '../api/problem';
import { post, request } from '../api/request';
import type { Accents } from '../theme/brand';
import { load } from './hiddenFrame';

export interface User {
  name: string;
  /** `accent` is the tenant's colour; null where it has none. */
  tenant: { key: string; name: string; accent?: Accents | null };
  role: string;
  /** Tells persons apart whose names are the same, and says nothing of them. */
  tag?: string | null;
  /** What this person may do with dashboards besides looking, e.g. `export`. */
  tier?: string[];
}

export const identityOf = ({ name, tenant, role, tag }: User) => `${tenant.key}/${role}/${name}/${tag ?? ''}`;

export const isSame = (one: User, other: User) => identityOf(one) === identityOf(other);

/** Who is signed in; null where nobody is. */
export async function fetchUser(signal?: AbortSignal): Promise<User | null> {
  try {
    let tag: string | null = null;
    const user = await request<User>('/bff/user', signal ? { signal } : {}, (headers) => (tag = holderOf(headers)));
    return { ...user, tag };
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
