import type { Phase } from './embed.js';
import type { EmbeddedDashboardProps } from './EmbeddedDashboard.js';
import type { EmbedFailure } from './failure.js';
import { explain, type Messages } from './messages.js';
import { Skeleton } from './Skeleton.js';

const STEPS = ['token', 'page', 'charts'] as const;

interface Props {
  title: string;
  phase: Phase;
  failure: EmbedFailure | null;
  stale: boolean;
  messages: Messages;
  onRetry: () => void;
  actions: EmbeddedDashboardProps['failureActions'];
}

/** What lies over the frame: nothing while the dashboard stands and is up to date. */
export function Cover({ title, phase, failure, stale, messages, onRetry, actions }: Props) {
  if (failure) {
    const { heading, text } = explain(failure, messages);
    const mayRetry = failure.mayPass || failure.status === 0 || failure.status === 401;
    return (
      <div className="embed-cover embed-centre">
        <section className="embed-notice" role="alert" data-code={failure.code}>
          <h2>{heading}</h2>
          <p>{text}</p>
          {failure.mayPass && <p>{messages.retrying}</p>}
          <div className="embed-actions">
            {mayRetry && failure.code !== 'person-changed' && (
              <button type="button" className="embed-button" onClick={onRetry}>
                {messages.retry}
              </button>
            )}
            {actions?.(failure)}
          </div>
        </section>
      </div>
    );
  }
  if (phase !== 'ready') {
    return (
      <div className="embed-cover">
        <div className="embed-progress">
          <output>
            <strong>{messages.loading(title)}</strong> <span>{messages.phases[phase]}</span>
          </output>
          <progress aria-label={messages.loading(title)} max={STEPS.length} value={STEPS.indexOf(phase)} />
        </div>
        <Skeleton />
      </div>
    );
  }
  return stale && <output className="embed-stale">{messages.stale}</output>;
}
