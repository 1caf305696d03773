import type { ReactNode } from 'react';
import { Loading } from '../notices/Loading';
import { ProblemNotice } from '../notices/ProblemNotice';

interface Props<T> {
  query: { data: T | undefined; isError: boolean; error: unknown; refetch: () => unknown };
  what: string;
  children: (data: T) => ReactNode;
}

/** The data, or why there are none yet. */
export function QueryState<T>({ query, what, children }: Props<T>) {
  if (query.data !== undefined) {
    return children(query.data);
  }
  return (
    <div className="page-centre">
      {query.isError ? <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} /> : <Loading what={what} />}
    </div>
  );
}
