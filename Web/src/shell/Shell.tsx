import type { ReactNode } from 'react';
import { useTexts } from '../language/language';
import type { User } from '../session/user';
import { DrawerControl } from './DrawerControl';
import { Navigation } from './Navigation';
import { PersonControl } from './PersonControl';
import { TenantMark } from './TenantMark';

/** What stands around every page. The clinic's name stands in one place on each width. */
export function Shell({ user, full, children }: { user: User; full: boolean; children: ReactNode }) {
  const texts = useTexts();
  return (
    <div className="shell" data-full={full || undefined}>
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      <header className="side">
        <div className="tenant">
          <TenantMark name={user.tenant.name} />
          <span className="tenant-name">{user.tenant.name}</span>
          <div className="narrow-only">
            <DrawerControl user={user} />
          </div>
        </div>
        <div className="side-rest">
          <Navigation user={user} />
          <PersonControl user={user} />
        </div>
      </header>
      <main id="content" className="content" tabIndex={-1}>
        {children}
      </main>
    </div>
  );
}
