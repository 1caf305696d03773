/* What @superset-ui/embedded-sdk 0.4.0 does to begin: a port into the frame, the token through it, and the theme at once. */
async ({ source, origin, token, theme, mode, language, lines, height }) => {
  const root = document.documentElement;
  root.lang = language;
  root.dataset.mode = mode;
  document.title = lines[0] ?? 'Dashboard';
  document.querySelector('header').append(
    ...lines.map((line, place) => Object.assign(document.createElement(place === 0 ? 'h1' : 'p'), { textContent: line })),
  );

  const frame = document.querySelector('iframe');
  frame.sandbox.add('allow-same-origin', 'allow-scripts');
  frame.referrerPolicy = 'strict-origin-when-cross-origin';
  frame.title = document.title;
  frame.style.colorScheme = mode;
  frame.style.height = `${height}px`;
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  frame.src = source;
  await loaded;

  const { port1, port2 } = new MessageChannel();
  const tell = (method, args) => port1.postMessage({ switchboardAction: 'emit', method, args });
  frame.contentWindow.postMessage({ type: '__embedded_comms__', handshake: 'port transfer' }, origin, [port2]);
  tell('guestToken', { guestToken: token });
  if (theme) {
    tell('setThemeConfig', { themeConfig: { theme_default: theme, theme_dark: { algorithm: 'dark', ...theme } } });
    tell('setThemeMode', { mode: mode === 'dark' ? 'dark' : 'default' });
  }
};
