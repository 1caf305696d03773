import type { ReactNode } from 'react';
import { Loading } from '../notices/Loading';
import { ProblemNotice } from '../notices/ProblemNotice';
import { Stale } from '../notices/Stale';

interface Props<T> {
  query: { data: T | undefined; isError: boolean; error: unknown; dataUpdatedAt: number; refetch: () => unknown };
  what: string;
  children: (data: T) => ReactNode;
}

/** The data, and since when they could not be read again; or why there are none yet. */
export function QueryState<T>({ query, what, children }: Props<T>) {
  if (query.data !== undefined) {
    return (
      <>
        {query.isError && <Stale since={query.dataUpdatedAt} onRetry={() => void query.refetch()} />}
        {children(query.data)}
      </>
    );
  }
  return (
    <div className="page-centre">{query.isError ? <ProblemNotice problem={query.error} onRetry={() => void query.refetch()} /> : <Loading what={what} />}</div>
  );
}
