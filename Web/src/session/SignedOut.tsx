import { Mark } from '../notices/Mark';

export function SignedOut() {
  const failed = new URLSearchParams(window.location.search).get('signin') === 'failed';
  const signIn = `/bff/login?returnUrl=${encodeURIComponent(window.location.pathname)}`;
  return (
    <main className="page-centre welcome">
      <title>Sign in · EmbedStack</title>
      <section className="card" aria-labelledby="welcome">
        <Mark />
        <h1 id="welcome">Your clinic, in figures</h1>
        <p>Appointments, no-shows and workload of your clinic, up to date and for your eyes only.</p>
        {failed && (
          <p className="alert" role="alert">
            The sign-in did not work. Please try again; if it keeps failing, ask your administrator.
          </p>
        )}
        <a className="button" href={signIn}>
          Sign in
        </a>
      </section>
    </main>
  );
}
