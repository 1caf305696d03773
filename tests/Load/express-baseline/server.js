const express = require('express');

const superset = process.env.SUPERSET_URL;
const credentials = { username: process.env.SUPERSET_USERNAME, password: process.env.SUPERSET_PASSWORD, provider: 'db', refresh: true };

async function json(path, options) {
  const response = await fetch(superset + path, options);
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}`);
  }
  return [await response.json(), response];
}

async function fetchGuestToken() {
  const [{ access_token: accessToken }] = await json('/api/v1/security/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(credentials),
  });
  const authorization = { Authorization: `Bearer ${accessToken}` };
  const [{ result: csrf }, response] = await json('/api/v1/security/csrf_token/', { headers: authorization });
  const [{ token }] = await json('/api/v1/security/guest_token/', {
    method: 'POST',
    headers: {
      ...authorization,
      'Content-Type': 'application/json',
      'X-CSRFToken': csrf,
      Cookie: response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; '),
    },
    body: process.env.GUEST_TOKEN_BODY,
  });
  return token;
}

const app = express();
app.post('/guest-token', async (request, response) => {
  response.json({ token: await fetchGuestToken() });
});
app.listen(Number(process.env.PORT), '127.0.0.1');
