-- Roles and databases in the shape that the provisioner makes them; passwords are set by the fixture.
CREATE ROLE superset_meta LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE superset_shared LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE clinic_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE clinic_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE clinic_author LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER ROLE clinic_author SET default_transaction_read_only = on;
ALTER ROLE clinic_reader SET default_transaction_read_only = on;
ALTER ROLE clinic_reader SET statement_timeout = '5min';
ALTER ROLE clinic_reader SET search_path = clinic;
CREATE DATABASE superset OWNER superset_meta;
CREATE DATABASE embedstack;
CREATE DATABASE clinic OWNER clinic_owner;
CREATE DATABASE clinic_hurstville OWNER clinic_owner;
REVOKE CONNECT ON DATABASE superset, embedstack, clinic, clinic_hurstville FROM PUBLIC;
GRANT CONNECT ON DATABASE embedstack TO superset_shared;
GRANT CONNECT ON DATABASE clinic, clinic_hurstville TO clinic_reader, clinic_author;
