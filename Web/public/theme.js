// Runs before the first paint: the mode that this browser keeps. Without one the style sheet follows the system.
(() => {
  const kept = /(?:^|; )theme=(light|dark)(?:;|$)/.exec(document.cookie);
  if (kept) {
    document.documentElement.dataset.theme = kept[1];
  }
})();
