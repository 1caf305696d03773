-- Objects stand in schemas of clinic_owner alone; public is left empty and closed.
create schema if not exists clinic authorization clinic_owner;
alter schema clinic owner to clinic_owner;
alter schema public owner to current_user;
revoke all on schema public from public, pg_database_owner;

-- No code blocks but those of the schema's owner.
revoke all on language plpgsql, sql from public;
grant usage on language plpgsql, sql to clinic_owner;
