-- The tenants' records, as the loader writes them.
INSERT INTO shared.tenants (key, name, kind, isolation, database, schema) VALUES
    ('northside', 'Northside', 'customer', 'shared', 'customer', 'customer'),
    ('harbour', 'Harbour', 'customer', 'shared', 'customer', 'customer'),
    ('head-office', 'Head office', 'network', 'schema', 'customer', 'network');
