-- Logout tokens that have been taken, by their id: each counts once, whichever instance it reaches.
create table if not exists api.logout_tokens (
    jti        text primary key,
    expires_at timestamptz not null
);
