-- Dashboards and entitlements stand in schema shared, one truth for all who read them; only what was decided since the
-- keys were new moves over.
insert into shared.dashboards (key, created_at) select key, created_at from api.dashboards on conflict do nothing;
insert into shared.entitlements (dashboard_key, role) select dashboard_key, role from api.entitlements on conflict do nothing;
drop table api.entitlements;
drop table api.dashboards;
drop function api.notify_entitlements();
