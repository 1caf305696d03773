export function PageTitle({ title, tenant }: { title: string; tenant: string }) {
  return <title>{`${title} · ${tenant}`}</title>;
}
