import { Mark } from '../notices/Mark';
import { SignOutButton } from './SignOutButton';
import type { User } from './user';

export function Header({ user, heading }: { user: User; heading: string }) {
  return (
    <header className="header">
      <Mark />
      <div className="header-titles">
        <h1>{heading}</h1>
        <p>{user.tenant.name}</p>
      </div>
      <div className="header-person">
        <p>
          <span className="visually-hidden">Signed in as </span>
          {user.name}
        </p>
        <SignOutButton />
      </div>
    </header>
  );
}
