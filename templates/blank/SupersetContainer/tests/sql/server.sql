-- Roles and databases in the shape that the provisioner makes them; passwords are set by the fixture.
CREATE ROLE superset_meta LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE superset_shared LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE api NOLOGIN;
CREATE ROLE audit_maintenance NOLOGIN;
CREATE ROLE customer_loader NOLOGIN;
CREATE ROLE customer_owner LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE customer_reader LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
CREATE ROLE customer_author LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE;
ALTER ROLE customer_author SET default_transaction_read_only = on;
ALTER ROLE customer_reader SET default_transaction_read_only = on;
ALTER ROLE customer_reader SET statement_timeout = '5min';
ALTER ROLE customer_reader SET search_path = customer;
CREATE DATABASE superset OWNER superset_meta;
CREATE DATABASE embedstack;
CREATE DATABASE customer OWNER customer_owner;
REVOKE CONNECT ON DATABASE superset, embedstack, customer FROM PUBLIC;
GRANT CONNECT ON DATABASE embedstack TO superset_shared;
GRANT CONNECT ON DATABASE customer TO customer_reader, customer_author;
