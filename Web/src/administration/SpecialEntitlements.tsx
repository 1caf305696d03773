import { useTexts } from '../language/language';
import type { Entitlement } from './administration';

export function SpecialEntitlements({ entitlements }: { entitlements: Entitlement[] }) {
  const { entitlements: texts, session, audit } = useTexts();
  if (entitlements.length === 0) {
    return null;
  }
  return (
    <section className="section">
      <h2>{texts.special}</h2>
      <p>{texts.specialText}</p>
      <ul className="list">
        {entitlements.map(({ dashboard, role, tenant, conditions }) => (
          <li key={`${dashboard}/${role}/${tenant}`}>
            <strong>{dashboard}</strong> · {session.roles[role] ?? role} · {audit.tenant}: {tenant} · {texts.conditions}:{' '}
            {Object.entries(conditions)
              .map(([name, values]) => `${name} = ${values.join(' | ')}`)
              .join(', ') || texts.unconditional}
          </li>
        ))}
      </ul>
    </section>
  );
}
