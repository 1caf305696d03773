-- Tenants' records stand in shared.tenants, one truth for all who read them.
drop table api.tenants;
