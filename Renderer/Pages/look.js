/*
 * How far Superset's page is: the places of charts, those that are drawn, those that failed, and what still turns. Its height is
 * that of what is drawn: the page itself is always taller than its frame where the filter bar is open.
 */
() => {
  const count = (selector) => document.querySelectorAll(selector).length;
  const places = [...document.querySelectorAll('[data-test="chart-grid-component"]')];
  const edge = 16;
  const drawnTo = Math.max(...[...document.querySelectorAll('[data-test="grid-content"]')].map((grid) => grid.getBoundingClientRect().bottom));
  const missing = count('.missing-chart-container');
  const fills = (place, selector) => (place.querySelector(selector)?.childElementCount ?? 0) > 0;
  // A chart that failed has a message in its place, and no container.
  const failed = (place) => fills(place, '.dashboard-chart') && !place.querySelector('[data-test="chart-container"]');
  return {
    standing: places.length > 0 || count('[data-test="grid-content"]') > 0,
    places: places.length + missing,
    drawn: places.filter((place) => fills(place, '[data-test="slice-container"]')).length,
    failed: places.filter(failed).length + missing,
    loading: count('[data-test="loading-indicator"]'),
    height: drawnTo > 0 ? Math.ceil(drawnTo + edge) : document.body.scrollHeight,
  };
};
