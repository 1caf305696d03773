/*
 * Whoever embeds the page hears that its token is taken no more, and that its dashboard is refused. Superset 6.1.0 says so in the
 * frame alone, to somebody who can do nothing about it.
 */
(() => {
  if (parent === window || !document.referrer) {
    return;
  }
  const host = new URL(document.referrer).origin;
  const dashboards = /^\/api\/v1\/(me\/roles\/|dashboard\/[^/]+(\/charts|\/datasets)?)$/;
  const ask = window.fetch;
  const tell = async (answer) => {
    const { type } = await answer.json().catch(() => ({}));
    parent.postMessage({ type: 'embedstack.refused', status: answer.status, slug: String(type ?? '').split('/').pop() }, host);
  };
  window.fetch = async (...question) => {
    const answer = await ask(...question);
    if (answer.status === 401 || (!answer.ok && dashboards.test(new URL(answer.url).pathname))) {
      void tell(answer.clone());
    }
    return answer;
  };
})();
