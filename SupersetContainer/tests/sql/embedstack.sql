-- Five tenants in the product's own schema, one for each kind of store and the network.
INSERT INTO shared.tenants (key, name, kind, isolation, database, schema) VALUES
    ('northside', 'Northside Specialist Clinic', 'clinic', 'shared', 'clinic', 'clinic'),
    ('harbour', 'Harbour Day Surgery', 'clinic', 'shared', 'clinic', 'clinic'),
    ('manly', 'Manly Skin and Dermatology', 'clinic', 'schema', 'clinic', 'clinic_manly'),
    ('hurstville', 'Hurstville Orthopaedics', 'clinic', 'database', 'clinic_hurstville', 'clinic'),
    ('sydney-network', 'Sydney Specialist Network', 'network', 'schema', 'clinic', 'network');
