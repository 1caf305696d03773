import { useLocation } from 'react-router';
import { useTexts } from '../language/language';
import { DoctorLink } from '../notices/DoctorLink';
import { Mark } from '../notices/Mark';
import { returnUrl } from './returnUrl';

export function SignedOut() {
  const { signIn, product } = useTexts();
  const location = useLocation();
  const failed = new URLSearchParams(location.search).get('signin') === 'failed';
  return (
    <main className="page-centre welcome">
      <title>{`${signIn.title} · ${product}`}</title>
      <section className="card" aria-labelledby="welcome">
        <Mark />
        <h1 id="welcome">{signIn.heading}</h1>
        <p>{signIn.text}</p>
        {failed && (
          <p className="alert" role="alert">
            {signIn.failed} <DoctorLink code="signin-failed" />
          </p>
        )}
        <a className="button" href={`/bff/login?returnUrl=${encodeURIComponent(returnUrl(location))}`}>
          {signIn.action}
        </a>
      </section>
    </main>
  );
}
