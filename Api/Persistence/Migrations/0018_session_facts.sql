-- Whose session it is, for the audit, and the digest of what Keycloak said of that person at the sign-in: a session is over
-- once Keycloak says something else.
alter table api.sessions add column tenant text, add column role text, add column facts bytea;
