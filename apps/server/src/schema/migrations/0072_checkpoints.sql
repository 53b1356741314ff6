-- Signed checkpoints of each log's Merkle tree (RFC 6962), and what proofs are made of. Nothing here is a fact of enforcement: nodes
-- follow from the entries at any time, and a checkpoint is worth its signature. It is kept append only all the same, for what was said
-- to others must be found again.

-- Of the tree over one log only every eighth level is kept: with the leaves, at most two blocks of 256 of each level serve any proof.
create table ledger.tree_node (
    org_id uuid     not null,
    hash   text     not null check (hash in ('sha256', 'sm3')),
    level  smallint not null check (level > 0 and level % 8 = 0),
    idx    bigint   not null check (idx >= 0),
    node   bytea    not null check (octet_length(node) = 32),
    primary key (org_id, hash, level, idx)
);

-- The keys that sign checkpoints, one per log, head and year. The same key stands in a `logKey.introduced` entry of that log.
create table ledger.log_key (
    org_id     uuid   not null,
    origin     text   not null,
    hash       text   not null check (hash in ('sha256', 'sm3')),
    year       int    not null,
    verifier   text   not null,
    at         bigint not null,
    primary key (org_id, hash, origin, year)
);

-- `note` is the signed note as it is handed out (C2SP signed-note, tlog-checkpoint). Never two for one size: the primary key says so,
-- and the signer's own file outside the database.
create table ledger.checkpoint (
    org_id uuid   not null,
    hash   text   not null check (hash in ('sha256', 'sm3')),
    size   bigint not null check (size > 0),
    root   bytea  not null check (octet_length(root) = 32),
    note   bytea  not null,
    at     bigint not null,
    primary key (org_id, hash, size)
);

do $$
declare t text;
begin
    foreach t in array array['tree_node', 'log_key', 'checkpoint'] loop
        execute format('alter table ledger.%I enable row level security', t);
        execute format('alter table ledger.%I force row level security', t);
        execute format('create policy owner_all on ledger.%I to liuhen_owner using (true) with check (true)', t);
        execute format('create policy read_orgs on ledger.%I for select to liuhen_app, liuhen_reader using (org_id = any ((select liuhen.read_orgs())::uuid[]))', t);
        execute format('grant select on ledger.%I to liuhen_app, liuhen_reader', t);
        execute format('create trigger append_only before update or delete on ledger.%I for each row execute function ledger.refuse_change()', t);
        execute format('create trigger append_only_truncate before truncate on ledger.%I for each statement execute function ledger.refuse_change()', t);
    end loop;
end $$;

create function ledger.introduce_log_key(p_org uuid, p_origin text, p_hash text, p_year int, p_verifier text, p_at bigint) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into ledger.log_key (org_id, origin, hash, year, verifier, at) values (p_org, p_origin, p_hash, p_year, p_verifier, p_at);
end $$;

-- The one way to publish a checkpoint: after the one before, and of no more than the log holds. With it come the nodes it added.
create function ledger.add_checkpoint(
    p_org uuid, p_hash text, p_after bigint, p_size bigint, p_at bigint, p_root bytea, p_note bytea,
    p_levels int[], p_indexes bigint[], p_nodes bytea[]
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_last bigint;
begin
    if current_setting('synchronous_commit') = 'off' then
        raise exception 'log.notDurable: synchronous_commit is off' using errcode = 'LH002';
    end if;
    perform pg_advisory_xact_lock(hashtextextended(p_org::text || p_hash, 2));
    select coalesce(max(size), 0) into v_last from ledger.checkpoint where org_id = p_org and hash = p_hash;
    if v_last <> p_after or p_size <= p_after then
        raise exception 'log.checkpointMoved: the last checkpoint is of % entries, not of %', v_last, p_after using errcode = 'LH003';
    end if;
    if p_size > coalesce((select size from ledger.head where org_id = p_org), 0) then
        raise exception 'log.checkpointAhead: the log has fewer than % entries', p_size using errcode = 'LH004';
    end if;
    insert into ledger.tree_node (org_id, hash, level, idx, node)
        select p_org, p_hash, n.* from unnest(p_levels, p_indexes, p_nodes) as n;
    insert into ledger.checkpoint (org_id, hash, size, root, note, at) values (p_org, p_hash, p_size, p_root, p_note, p_at);
end $$;
revoke all on function ledger.introduce_log_key, ledger.add_checkpoint from public;
grant execute on function ledger.introduce_log_key, ledger.add_checkpoint to liuhen_app;

-- Why no checkpoint is signed now. Told once and kept until it is over; it follows from the log at any time.
create table liuhen.checkpoint_alarm (
    org_id uuid   primary key,
    code   text   not null,
    params text   not null,
    since  bigint not null
);
call liuhen.protect_operational('checkpoint_alarm');
