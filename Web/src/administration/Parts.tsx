import { useFormat } from '../language/format';
import { useTexts } from '../language/language';
import { Badge } from '../ui/Badge';
import type { PartHealth } from './health';

const KINDS = { up: 'allowed', degraded: 'warned', down: 'refused', absent: 'none' } as const;

export function Parts({ parts }: { parts: PartHealth[] }) {
  const { health: texts } = useTexts();
  const format = useFormat();
  return (
    <ul className="cards parts" aria-label={texts.parts}>
      {parts.map(({ name, state, milliseconds }) => (
        <li key={name} className="card part">
          <h2>{texts.names[name] ?? name}</h2>
          <Badge kind={KINDS[state]}>{texts.states[state]}</Badge>
          {milliseconds > 0 && <span className="quiet-text">{`${format.number(milliseconds)} ms`}</span>}
        </li>
      ))}
    </ul>
  );
}
