import { useState } from 'react';

/** For a control whose popup is code of its own: loaded when somebody reaches for it, shown when they take it. */
export function useOnDemand(load: () => Promise<unknown>) {
  const [wanted, setWanted] = useState(false);
  const reach = () => void load().catch(() => undefined); // who takes it is told
  return { wanted, handlers: { onClick: () => setWanted(true), onPointerEnter: reach, onFocus: reach } };
}
