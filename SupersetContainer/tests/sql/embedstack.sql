CREATE SCHEMA shared;
CREATE TABLE shared.catalog_ids (
    kind text NOT NULL CHECK (kind IN ('dashboard', 'dataset', 'chart')),
    key text NOT NULL,
    uuid uuid NOT NULL,
    id integer NOT NULL,
    datasets text[],
    updated_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (kind, key)
);
CREATE TABLE shared.data_version (
    name text PRIMARY KEY,
    version bigint NOT NULL DEFAULT 1,
    changed_at timestamptz NOT NULL DEFAULT now()
);
CREATE TABLE shared.tenants (
    key text PRIMARY KEY CHECK (key ~ '^[A-Za-z0-9_-]{1,56}$'),
    name text NOT NULL,
    kind text NOT NULL CHECK (kind IN ('clinic', 'network')),
    isolation text NOT NULL CHECK (isolation IN ('shared', 'schema', 'database')),
    database text NOT NULL CHECK (database ~ '^[a-z0-9_]{1,63}$'),
    schema text NOT NULL CHECK (schema ~ '^[a-z0-9_]{1,63}$'),
    enabled boolean NOT NULL DEFAULT true
);
INSERT INTO shared.tenants VALUES
    ('northside', 'Northside Specialist Clinic', 'clinic', 'shared', 'clinic', 'clinic'),
    ('harbour', 'Harbour Day Surgery', 'clinic', 'shared', 'clinic', 'clinic'),
    ('manly', 'Manly Skin and Dermatology', 'clinic', 'schema', 'clinic', 'clinic_manly'),
    ('hurstville', 'Hurstville Orthopaedics', 'clinic', 'database', 'clinic_hurstville', 'clinic'),
    ('sydney-network', 'Sydney Specialist Network', 'network', 'schema', 'clinic', 'network');
GRANT USAGE ON SCHEMA shared TO superset_shared;
GRANT SELECT, INSERT, UPDATE, DELETE ON shared.catalog_ids, shared.data_version TO superset_shared;
GRANT SELECT ON shared.tenants TO superset_shared;
