import { useCallback, useState } from 'react';
import { DashboardFrame } from './DashboardFrame';

interface Props {
  /** Key of the dashboard in the catalogue. */
  dashboardKey: string;
  /** What screen readers call the frame. */
  title: string;
}

export function EmbeddedDashboard({ dashboardKey, title }: Props) {
  const [attempt, setAttempt] = useState(0);
  const restart = useCallback(() => setAttempt((count) => count + 1), []);
  return (
    <DashboardFrame
      key={`${dashboardKey}/${attempt}`}
      dashboardKey={dashboardKey}
      title={title}
      onRestart={restart}
    />
  );
}
