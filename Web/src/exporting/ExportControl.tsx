import { lazy } from 'react';
import { useTexts } from '../language/language';
import { Icon } from '../ui/Icon';
import { loaded } from '../ui/loaded';
import { OnDemand } from '../ui/OnDemand';
import { useOnDemand } from '../ui/useOnDemand';
import type { Rendering } from './useRendering';

const load = loaded(() => import('./ExportMenu'));
const ExportMenu = lazy(load);

/** Takes the dashboard along as a file, and tells how far that is. */
export function ExportControl({ rendering }: { rendering: Rendering }) {
  const texts = useTexts();
  const { wanted, handlers } = useOnDemand(load);
  const { making, made, end, setTrigger } = rendering;
  const control = (
    <button ref={setTrigger} type="button" className="button quiet" aria-haspopup="menu" {...handlers}>
      <Icon name="download" />
      {texts.exporting.title}
    </button>
  );
  return (
    <>
      <output className="said">{making ? texts.exporting.making[making] : made ? texts.exporting.made(made.failedCharts) : ''}</output>
      {making && <progress className="making" aria-label={texts.exporting.making[making]} />}
      {making && (
        <button type="button" className="button quiet" onClick={end}>
          {texts.cancel}
        </button>
      )}
      <OnDemand wanted={wanted} control={control}>
        <ExportMenu rendering={rendering} />
      </OnDemand>
    </>
  );
}
