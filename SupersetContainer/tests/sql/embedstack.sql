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
GRANT USAGE ON SCHEMA shared TO superset_shared;
GRANT SELECT, INSERT, UPDATE, DELETE ON shared.catalog_ids, shared.data_version TO superset_shared;
