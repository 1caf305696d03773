import { EmbeddedDashboard, type EmbedState, type Mint } from '@embedstack/embedded-dashboard';
import '@embedstack/embedded-dashboard/styles.css';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** EmbedStack's own back end, for whoever is signed in there. */
const mint: Mint = async (key, signal) => {
  const answer = await fetch('/api/superset/guest-token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-CSRF': '1' },
    body: JSON.stringify({ dashboard_key: key }),
    signal,
  });
  if (!answer.ok) {
    const retryAfter = Number(answer.headers.get('Retry-After'));
    throw Object.assign(new Error('No token was given.'), { status: answer.status, retryAfter });
  }
  return await answer.json();
};

/** As many dashboards as the address names, `?dashboards=clinic,appointments`, each with filters of its own. */
function Page({ keys }: { keys: string[] }) {
  const [open, setOpen] = useState(keys);
  return open.map((key) => <Dashboard key={key} name={key} onClose={() => setOpen(open.filter((other) => other !== key))} />);
}

function Dashboard({ name, onClose }: { name: string; onClose: () => void }) {
  const [state, setState] = useState<EmbedState>({});
  return (
    <>
      <p>
        <button type="button" onClick={onClose}>
          Close {name}
        </button>{' '}
        <output aria-label={`Filters of ${name}`}>{state.filters}</output>
      </p>
      <EmbeddedDashboard dashboardKey={name} title={name} mint={mint} state={state} onStateChange={setState} />
    </>
  );
}

const keys = new URLSearchParams(window.location.search).get('dashboards')?.split(',') ?? [];
createRoot(document.querySelector('main')!).render(
  <StrictMode>
    <Page keys={keys} />
  </StrictMode>,
);
