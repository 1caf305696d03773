import { Link } from 'react-router';
import { useTexts } from '../language/language';
import { PageTitle } from './PageTitle';

export function NotFoundPage({ tenant }: { tenant: string }) {
  const { notFound } = useTexts();
  return (
    <div className="page-centre">
      <PageTitle title={notFound.title} tenant={tenant} />
      <section className="card">
        <h1>{notFound.heading}</h1>
        <p>{notFound.text}</p>
        <Link className="button" to="/">
          {notFound.home}
        </Link>
      </section>
    </div>
  );
}
