import { useEffect, useRef, useState } from 'react';
import { Problem } from '../api/problem';
import { Loading } from '../notices/Loading';
import { ProblemNotice } from '../notices/ProblemNotice';
import { useSessionCheck } from '../session/useUser';
import { mountDashboard } from './mountDashboard';

interface Props {
  dashboardKey: string;
  title: string;
  /** Asks for a new frame in place of this one. */
  onRestart: () => void;
}

/** One embedding, from its first token to its end. */
export function DashboardFrame({ dashboardKey, title, onRestart }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const [state, setState] = useState<'loading' | 'ready' | Problem>('loading');
  const checkSession = useSessionCheck();

  useEffect(() => {
    // An element and a signal for each run: what StrictMode's first run leaves behind must not touch the second.
    const end = new AbortController();
    const frame = document.createElement('div');
    frame.className = 'dashboard-frame';
    host.current!.append(frame);
    const undo = () => {
      end.abort();
      frame.remove();
    };

    const fail = (error: unknown) => {
      if (end.signal.aborted) {
        return;
      }
      undo();
      const problem = Problem.of(error);
      setState(problem);
      if (problem.status === 401) {
        checkSession();
      }
    };

    mountDashboard(frame, { dashboardKey, title, signal: end.signal, onRefused: fail })
      .then(() => {
        setState('ready');
        // A page that reloads itself inside the frame gets no token from SDK 0.4.0: begin anew.
        frame.querySelector('iframe')?.addEventListener('load', onRestart, { signal: end.signal });
      })
      .catch(fail);

    return undo;
  }, [dashboardKey, title, checkSession, onRestart]);

  return (
    <div className="dashboard" aria-busy={state === 'loading'}>
      <div className="dashboard-host" ref={host} />
      {state === 'loading' && (
        <div className="dashboard-cover">
          <Loading what={title} />
        </div>
      )}
      {state instanceof Problem && (
        <div className="dashboard-cover">
          <ProblemNotice problem={state} onRetry={onRestart} />
        </div>
      )}
    </div>
  );
}
