import { type ReactNode, Suspense } from 'react';
import { Boundary } from './Boundary';
import { BrokenControl } from './Broken';

interface Props {
  wanted: boolean;
  /** What is there before, and while the rest loads. */
  control: ReactNode;
  children: ReactNode;
}

/** A control whose popup is code of its own. */
export function OnDemand({ wanted, control, children }: Props) {
  return wanted ? (
    <Boundary renderFailure={(error) => <BrokenControl error={error} />}>
      <Suspense fallback={control}>{children}</Suspense>
    </Boundary>
  ) : (
    control
  );
}
