import type { EmbeddedDashboardHandle } from '@embedstack/embedded-dashboard';
import { type RefObject, useState } from 'react';
import { useTexts } from '../language/language';
import { Icon } from '../ui/Icon';

/** Copies a permalink, which holds tabs as well, or the address where none can be stored. */
export function CopyLink({ embed }: { embed: RefObject<EmbeddedDashboardHandle | null> }) {
  const { dashboard } = useTexts();
  const [said, setSaid] = useState('');

  const copy = async () => {
    const link = await (embed.current?.permalink() ?? Promise.reject(new Error('not standing'))).catch(() => window.location.href);
    await navigator.clipboard.writeText(link).then(
      () => setSaid(dashboard.copied),
      () => setSaid(dashboard.copyFailed),
    );
    window.setTimeout(() => setSaid(''), 4_000);
  };

  return (
    <>
      <output className="said">{said}</output>
      <button type="button" className="button quiet" onClick={() => void copy()}>
        <Icon name="link" />
        {dashboard.copy}
      </button>
    </>
  );
}
