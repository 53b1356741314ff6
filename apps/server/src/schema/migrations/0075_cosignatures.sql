-- What witnesses said of checkpoints (C2SP tlog-cosignature): at `time`, in seconds since 1970, the checkpoint was the largest consistent
-- one that the witness with this verifier key had seen of the log.
create table ledger.cosignature (
    org_id    uuid   not null,
    hash      text   not null check (hash in ('sha256', 'sm3')),
    size      bigint not null,
    verifier  text   not null,
    origin    text   not null,
    time      bigint not null check (time > 0),
    signature bytea  not null,
    at        bigint not null,
    primary key (org_id, hash, size, verifier)
);
alter table ledger.cosignature enable row level security;
alter table ledger.cosignature force row level security;
create policy owner_all on ledger.cosignature to liuhen_owner using (true) with check (true);
create policy read_orgs on ledger.cosignature for select to liuhen_app, liuhen_reader using (org_id = any ((select liuhen.read_orgs())::uuid[]));
grant select on ledger.cosignature to liuhen_app, liuhen_reader;
create trigger append_only before update or delete on ledger.cosignature for each row execute function ledger.refuse_change();
create trigger append_only_truncate before truncate on ledger.cosignature for each statement execute function ledger.refuse_change();
create index cosignature_of_witness on ledger.cosignature (org_id, hash, verifier, size);

-- The first word of a witness of a checkpoint counts.
create function ledger.add_cosignature(
    p_org uuid, p_hash text, p_size bigint, p_verifier text, p_origin text, p_time bigint, p_signature bytea, p_at bigint
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from ledger.checkpoint where org_id = p_org and hash = p_hash and size = p_size) then
        raise exception 'log.cosignatureOfNothing: there is no checkpoint of % entries', p_size using errcode = 'LH004';
    end if;
    insert into ledger.cosignature (org_id, hash, size, verifier, origin, time, signature, at)
        values (p_org, p_hash, p_size, p_verifier, p_origin, p_time, p_signature, p_at) on conflict do nothing;
end $$;
revoke all on function ledger.add_cosignature from public;
grant execute on function ledger.add_cosignature to liuhen_app;

-- Why a witness does not cosign now; asked again every few minutes.
create table liuhen.witness_trouble (
    org_id   uuid   not null,
    hash     text   not null,
    verifier text   not null,
    code     text   not null,
    params   text   not null,
    since    bigint not null,
    primary key (org_id, hash, verifier)
);
call liuhen.protect_operational('witness_trouble');
