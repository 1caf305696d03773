import { useTexts } from '../language/language';
import type { User } from '../session/user';
import { Icon } from '../ui/Icon';

export function PersonLabel({ user }: { user: User }) {
  const { session } = useTexts();
  return (
    <>
      <span className="person-names">
        <span className="visually-hidden">{session.signedInAs} </span>
        <span className="person-name">{user.name}</span>
        <span className="person-role">{session.roles[user.role] ?? user.role}</span>
      </span>
      <Icon name="up" />
    </>
  );
}
