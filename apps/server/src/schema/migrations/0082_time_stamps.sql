-- Tokens of time-stamp authorities (RFC 3161) about checkpoints, as they were received: a third party's word that a checkpoint existed.
create table ledger.time_stamp (
    org_id uuid   not null,
    hash   text   not null check (hash in ('sha256', 'sm3')),
    size   bigint not null check (size > 0),
    token  bytea  not null check (octet_length(token) between 100 and 262144),
    -- What the token says: when, how far off at most (milliseconds), and who.
    time        bigint           not null,
    accuracy_ms double precision not null check (accuracy_ms >= 0),
    authority   text             not null,
    at          bigint           not null,
    primary key (org_id, hash, size)
);
alter table ledger.time_stamp enable row level security;
alter table ledger.time_stamp force row level security;
create policy owner_all on ledger.time_stamp to liuhen_owner using (true) with check (true);
create policy read_orgs on ledger.time_stamp for select to liuhen_app, liuhen_reader using (org_id = any ((select liuhen.read_orgs())::uuid[]));
grant select on ledger.time_stamp to liuhen_app, liuhen_reader;
create trigger append_only before update or delete on ledger.time_stamp for each row execute function ledger.refuse_change();
create trigger append_only_truncate before truncate on ledger.time_stamp for each statement execute function ledger.refuse_change();

-- The first token about a checkpoint counts.
create function ledger.add_time_stamp(
    p_org uuid, p_hash text, p_size bigint, p_token bytea, p_time bigint, p_accuracy_ms double precision, p_authority text, p_at bigint
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from ledger.checkpoint where org_id = p_org and hash = p_hash and size = p_size) then
        raise exception 'log.timeStampOfNothing: there is no checkpoint of % entries', p_size using errcode = 'LH004';
    end if;
    insert into ledger.time_stamp (org_id, hash, size, token, time, accuracy_ms, authority, at)
        values (p_org, p_hash, p_size, p_token, p_time, p_accuracy_ms, p_authority, p_at) on conflict do nothing;
end $$;
revoke all on function ledger.add_time_stamp from public;
grant execute on function ledger.add_time_stamp to liuhen_app;

-- Why there is no time-stamp now; asked again every few minutes.
create table liuhen.time_stamp_trouble (
    org_id uuid   primary key,
    code   text   not null,
    params text   not null,
    since  bigint not null
);
call liuhen.protect_operational('time_stamp_trouble');
