-- What the network's leadership refuses, no clinic's administrator lifts.
alter table api.revoked_persons add column by_leadership boolean not null default true;
