-- Every table and every partition: read directly, a partition knows nothing of its parent's policies.
do $$
declare
    relation regclass;
begin
    for relation in
        select oid from pg_class
        where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p')
          and not (relrowsecurity and relforcerowsecurity)
    loop
        execute format('alter table %s enable row level security, force row level security', relation);
    end loop;

    -- A build is over: from here on the server looks after its tables.
    for relation in
        select oid from pg_class
        where relnamespace = current_schema()::regnamespace and relkind = 'r' and 'autovacuum_enabled=false' = any (reloptions)
    loop
        execute format('alter table %s reset (autovacuum_enabled)', relation);
    end loop;
end
$$;
