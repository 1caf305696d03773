/*
 * A permalink's tabs: Superset marks them as open, but draws the charts of the tab that its address names, else of the first. It
 * reads the address once it has the permalink's answer.
 */
(() => {
  const permalink = /^\/api\/v1\/dashboard\/permalink\/[^/]+$/;
  const ask = window.fetch;
  window.fetch = async (...question) => {
    const answer = await ask(...question);
    if (answer.ok && permalink.test(new URL(answer.url).pathname)) {
      const [tab] = (await answer.clone().json()).state?.activeTabs ?? [];
      if (tab) {
        history.replaceState(history.state, '', `#${tab}`);
      }
    }
    return answer;
  };
})();
