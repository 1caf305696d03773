import { type EmbeddedDashboardHandle, EmbeddedDashboard, type EmbedFailure, type EmbedState } from '@embedstack/embedded-dashboard';
import { useCallback, useRef } from 'react';
import { useParams } from 'react-router';
import { mintGuestToken } from '../api/guestToken';
import { ExportControl } from '../exporting/ExportControl';
import { ExportFailure } from '../exporting/ExportFailure';
import { useRendering } from '../exporting/useRendering';
import { useSpeech } from '../language/language';
import { DoctorLink } from '../notices/DoctorLink';
import type { User } from '../session/user';
import { useSessionCheck } from '../session/useUser';
import { useEmbedTheme } from '../theme/brand';
import { Icon } from '../ui/Icon';
import { PageHeader } from '../ui/PageHeader';
import { PageTitle } from '../ui/PageTitle';
import { CopyLink } from './CopyLink';
import { ViewsControl } from '../views/ViewsControl';
import { useDashboardAddress } from './address';
import { useDashboards } from './dashboards';

const doctorLink = ({ code }: EmbedFailure) => <DoctorLink code={code} />;

/** The dashboard that the address names, with its filters and tabs. */
export function DashboardPage({ user }: { user: User }) {
  const { key = '' } = useParams();
  return <Dashboard key={key} dashboardKey={key} user={user} />;
}

function Dashboard({ dashboardKey: key, user }: { dashboardKey: string; user: User }) {
  const { texts, language } = useSpeech();
  const dashboards = useDashboards();
  const { state, full, change } = useDashboardAddress();
  const theme = useEmbedTheme(user.tenant.accent);
  const checkSession = useSessionCheck();
  const embed = useRef<EmbeddedDashboardHandle>(null);
  const rendering = useRendering({ dashboardKey: key, state, theme, language });
  const title = dashboards.data?.find((dashboard) => dashboard.key === key)?.title ?? texts.nav.dashboards;

  const onFailure = useCallback((failure: EmbedFailure) => failure.status === 401 && checkSession(), [checkSession]);
  const onStateChange = useCallback((next: EmbedState, byItself: boolean) => change({ state: next }, byItself), [change]);

  return (
    <div className="page page-dashboard">
      <PageTitle title={title} tenant={user.tenant.name} />
      <PageHeader title={title}>
        <ViewsControl dashboardKey={key} address={{ state, full }} />
        {user.tier?.includes('export') && <ExportControl rendering={rendering} />}
        <CopyLink embed={embed} />
        <button type="button" className="button quiet" onClick={() => change({ full: !full })}>
          <Icon name={full ? 'shrink' : 'expand'} />
          {full ? texts.dashboard.leaveFull : texts.dashboard.full}
        </button>
      </PageHeader>
      <ExportFailure rendering={rendering} />
      <EmbeddedDashboard
        ref={embed}
        dashboardKey={key}
        title={title}
        mint={mintGuestToken}
        state={state}
        onStateChange={onStateChange}
        theme={theme}
        messages={texts.embed}
        locale={language === 'en' ? undefined : language}
        onFailure={onFailure}
        failureActions={doctorLink}
      />
    </div>
  );
}
