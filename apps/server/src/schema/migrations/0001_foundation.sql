-- Scope of a connection: which organisations' rows it may read, and the one it may write.
-- The application sets both for each transaction; without them nothing is visible.
create schema liuhen;
create schema ledger;

create function liuhen.read_orgs() returns uuid[] language sql stable parallel safe as
$$ select coalesce(string_to_array(nullif(current_setting('liuhen.orgs', true), ''), ',')::uuid[], '{}'::uuid[]) $$;

create function liuhen.write_org() returns uuid language sql stable parallel safe as
$$ select nullif(current_setting('liuhen.org', true), '')::uuid $$;

-- ---------------------------------------------------------------------------------------------------------------
-- The log: one per organisation, append only. No foreign key to anything that can change.
-- ---------------------------------------------------------------------------------------------------------------

create table ledger.head (
    org_id uuid primary key,
    size   bigint not null check (size > 0),
    chain  bytea  not null check (octet_length(chain) = 32)
) with (fillfactor = 10);

create table ledger.entry (
    org_id     uuid   not null,
    idx        bigint not null check (idx >= 0),
    leaf       bytea  not null check (octet_length(leaf) = 32),
    chain      bytea  not null check (octet_length(chain) = 32),
    at         bigint not null,
    kind       text   not null,
    actor      uuid   not null,
    command_id uuid   not null,
    -- Canonical bytes, never jsonb: reformatting would break the hash.
    entry      bytea  not null,
    primary key (org_id, idx)
);
create index entry_command on ledger.entry (command_id);
create index entry_kind on ledger.entry (org_id, kind, idx);
create index entry_actor on ledger.entry (org_id, actor, idx);

-- Everything done to one object, in order: the primary key makes a fork of its sequence impossible.
create table ledger.object (
    org_id    uuid   not null,
    object_id uuid   not null,
    seq       bigint not null check (seq >= 0),
    idx       bigint not null,
    leaf      bytea  not null,
    primary key (org_id, object_id, seq)
);

-- Names, addresses, old and new values. Bound to the entry by SHA-256(salt ‖ body); may lawfully be destroyed later.
create table ledger.body (
    org_id uuid   not null,
    idx    bigint not null,
    salt   bytea  not null check (octet_length(salt) = 32),
    body   bytea  not null,
    primary key (org_id, idx)
);

-- Public keys of the application's signers. The same key stands in a `key.introduced` entry.
create table ledger.app_key (
    key_id     text  primary key,
    public_key bytea not null,
    at         bigint not null
);

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'log.appendOnly: % on %.% is refused', tg_op, tg_table_schema, tg_table_name using errcode = 'LH001';
end $$;

do $$
declare t text;
begin
    foreach t in array array['entry', 'object', 'body', 'app_key'] loop
        execute format('create trigger append_only before update or delete on ledger.%I for each row execute function ledger.refuse_change()', t);
        execute format('create trigger append_only_truncate before truncate on ledger.%I for each statement execute function ledger.refuse_change()', t);
    end loop;
end $$;
create trigger append_only before delete on ledger.head for each row execute function ledger.refuse_change();
create trigger append_only_truncate before truncate on ledger.head for each statement execute function ledger.refuse_change();

-- The head only grows, and only inside ledger.append (which runs as the owner).
create function ledger.guard_head() returns trigger language plpgsql as $$
begin
    if current_user <> 'liuhen_owner' or new.org_id <> old.org_id or new.size <= old.size then
        raise exception 'log.appendOnly: the head moves only by ledger.append' using errcode = 'LH001';
    end if;
    return new;
end $$;
create trigger guard_head before update on ledger.head for each row execute function ledger.guard_head();

create function ledger.require_durable() returns void language plpgsql as $$
begin
    if current_setting('synchronous_commit') = 'off' then
        raise exception 'log.notDurable: synchronous_commit is off' using errcode = 'LH002';
    end if;
end $$;

-- Checked once more at COMMIT: the setting may have been changed after the append.
create function ledger.require_durable_commit() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform ledger.require_durable();
    return null;
end $$;
create constraint trigger durable_commit after insert or update on ledger.head deferrable initially deferred
    for each row execute function ledger.require_durable_commit();

-- Serialises work on one object and tells the end of its sequence. Locks in the order of the ids, so that two commands
-- cannot wait for each other.
create function ledger.lock_objects(p_org uuid, p_objects uuid[])
returns table (object_id uuid, seq bigint, leaf bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare v_id uuid;
begin
    for v_id in select distinct o from unnest(p_objects) as o order by o loop
        perform pg_advisory_xact_lock(hashtextextended(p_org::text || v_id::text, 0));
    end loop;
    return query
        select ids.o, last.seq, last.leaf
        from (select distinct o from unnest(p_objects) as o) as ids
        cross join lateral (
            select x.seq, x.leaf from ledger.object x
            where x.org_id = p_org and x.object_id = ids.o order by x.seq desc limit 1
        ) as last;
end $$;

-- The one way into the log. Called once per organisation, last in the transaction, with all its entries: the head row is
-- locked for the shortest time. Leaf and chain value are computed here, so the order is fixed at commit.
-- Leaf: RFC 6962 section 2.1, SHA-256(0x00 ‖ entry). Chain: SHA-256(0x02 ‖ previous chain ‖ leaf), first previous = SHA-256("").
create function ledger.append(
    p_org uuid, p_command uuid, p_actor uuid,
    p_entries bytea[], p_kinds text[], p_at bigint[], p_salts bytea[], p_bodies bytea[],
    p_object_entry int[], p_object_ids uuid[], p_object_seqs bigint[]
) returns table (first_idx bigint, head_chain bytea)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_size   bigint;
    v_chain  bytea;
    v_last   bytea;
    v_leaves bytea[] := '{}';
    v_chains bytea[] := '{}';
    n        int := coalesce(array_length(p_entries, 1), 0);
begin
    perform ledger.require_durable();
    if n = 0 or array_length(p_kinds, 1) <> n or array_length(p_at, 1) <> n or array_length(p_salts, 1) <> n or array_length(p_bodies, 1) <> n then
        raise exception 'log.malformedAppend' using errcode = 'LH003';
    end if;

    -- Whatever needs no order is done before the lock.
    for i in 1 .. n loop
        v_leaves := v_leaves || sha256('\x00'::bytea || p_entries[i]);
    end loop;

    select size, chain into v_size, v_chain from ledger.head where org_id = p_org for update;
    if not found then
        v_size := 0;
        v_chain := sha256(''::bytea);
        if exists (select from ledger.entry where org_id = p_org) then
            raise exception 'log.headLost: entries without a head' using errcode = 'LH004';
        end if;
    else
        -- A head that does not continue the last entry is damage: better no new entry than one on top of it.
        select chain into v_last from ledger.entry where org_id = p_org and idx = v_size - 1;
        if v_last is distinct from v_chain then
            raise exception 'log.headDamaged: the head does not continue entry %', v_size - 1 using errcode = 'LH004';
        end if;
    end if;

    for i in 1 .. n loop
        v_chain := sha256('\x02'::bytea || v_chain || v_leaves[i]);
        v_chains := v_chains || v_chain;
    end loop;

    insert into ledger.entry (org_id, idx, leaf, chain, at, kind, actor, command_id, entry)
        select p_org, v_size + i - 1, v_leaves[i], v_chains[i], p_at[i], p_kinds[i], p_actor, p_command, p_entries[i]
        from generate_series(1, n) as i;
    insert into ledger.body (org_id, idx, salt, body)
        select p_org, v_size + i - 1, p_salts[i], p_bodies[i] from generate_series(1, n) as i;
    insert into ledger.object (org_id, object_id, seq, idx, leaf)
        select p_org, p_object_ids[j], p_object_seqs[j], v_size + p_object_entry[j] - 1, v_leaves[p_object_entry[j]]
        from generate_subscripts(p_object_ids, 1) as j;
    if v_size = 0 then
        insert into ledger.head (org_id, size, chain) values (p_org, n, v_chain);
    else
        update ledger.head set size = v_size + n, chain = v_chain where org_id = p_org;
    end if;
    return query select v_size, v_chain;
end $$;

-- ---------------------------------------------------------------------------------------------------------------
-- State tables: each row is covered by an entry of the transaction that wrote it.
-- ---------------------------------------------------------------------------------------------------------------

-- Identity of a row never changes and every update moves its version by one.
create function liuhen.guard_row() returns trigger language plpgsql as $$
begin
    if new.id <> old.id or new.org_id <> old.org_id or new.version <> old.version + 1 then
        raise exception 'row.identity: id, organisation and version of %.% are not free', tg_table_name, old.id using errcode = 'LH005';
    end if;
    return new;
end $$;

create function liuhen.refuse_delete() returns trigger language plpgsql as $$
begin
    raise exception 'row.delete: rows of % are ended, not deleted', tg_table_name using errcode = 'LH005';
end $$;

-- No change without its entry: at COMMIT the command that wrote the row must stand in the log, written by this very
-- transaction.
create function ledger.require_covered() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (
        select from ledger.entry e
        where e.command_id = new.command_id and e.xmin = pg_current_xact_id()::xid
    ) then
        raise exception 'row.notLogged: % of %.% has no log entry', tg_op, tg_table_name, new.id using errcode = 'LH006';
    end if;
    return null;
end $$;

-- Rights, row-level security and triggers of a state table, all in one place.
create procedure liuhen.protect(p_table text) language plpgsql as $$
begin
    execute format('alter table liuhen.%I enable row level security', p_table);
    execute format('alter table liuhen.%I force row level security', p_table);
    execute format('create policy owner_all on liuhen.%I to liuhen_owner using (true) with check (true)', p_table);
    execute format('create policy read_orgs on liuhen.%I for select to liuhen_app, liuhen_reader using (org_id = any ((select liuhen.read_orgs())::uuid[]))', p_table);
    execute format('create policy insert_org on liuhen.%I for insert to liuhen_app with check (org_id = (select liuhen.write_org()))', p_table);
    execute format('create policy update_org on liuhen.%I for update to liuhen_app using (org_id = (select liuhen.write_org())) with check (org_id = (select liuhen.write_org()))', p_table);
    execute format('grant select, insert, update on liuhen.%I to liuhen_app', p_table);
    execute format('grant select on liuhen.%I to liuhen_reader', p_table);
    execute format('create trigger guard_row before update on liuhen.%I for each row execute function liuhen.guard_row()', p_table);
    execute format('create trigger refuse_delete before delete on liuhen.%I for each row execute function liuhen.refuse_delete()', p_table);
    execute format('create trigger refuse_truncate before truncate on liuhen.%I for each statement execute function liuhen.refuse_delete()', p_table);
    execute format('create constraint trigger covered after insert or update on liuhen.%I deferrable initially deferred for each row execute function ledger.require_covered()', p_table);
end $$;

-- Operational tables hold what is no business fact (upload progress, sessions, command ids): scoped, but not logged.
create procedure liuhen.protect_operational(p_table text) language plpgsql as $$
begin
    execute format('alter table liuhen.%I enable row level security', p_table);
    execute format('alter table liuhen.%I force row level security', p_table);
    execute format('create policy owner_all on liuhen.%I to liuhen_owner using (true) with check (true)', p_table);
    execute format('create policy own_orgs on liuhen.%I to liuhen_app using (org_id = any ((select liuhen.read_orgs())::uuid[])) with check (org_id = any ((select liuhen.read_orgs())::uuid[]))', p_table);
    execute format('grant select, insert, update, delete on liuhen.%I to liuhen_app', p_table);
end $$;

do $$
declare t text;
begin
    foreach t in array array['head', 'entry', 'object', 'body'] loop
        execute format('alter table ledger.%I enable row level security', t);
        execute format('alter table ledger.%I force row level security', t);
        execute format('create policy owner_all on ledger.%I to liuhen_owner using (true) with check (true)', t);
        execute format('create policy read_orgs on ledger.%I for select to liuhen_app, liuhen_reader using (org_id = any ((select liuhen.read_orgs())::uuid[]))', t);
        execute format('grant select on ledger.%I to liuhen_app, liuhen_reader', t);
    end loop;
end $$;
grant select on ledger.app_key to liuhen_app, liuhen_reader;
grant usage on schema liuhen, ledger to liuhen_app, liuhen_reader;
revoke all on all functions in schema ledger from public;
grant execute on function ledger.append, ledger.lock_objects to liuhen_app;

create function ledger.introduce_key(p_key_id text, p_public_key bytea, p_at bigint) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    insert into ledger.app_key (key_id, public_key, at) values (p_key_id, p_public_key, p_at) on conflict (key_id) do nothing;
    return found;
end $$;
revoke all on function ledger.introduce_key from public;
grant execute on function ledger.introduce_key to liuhen_app;

-- Command ids: a retry finds the answer of the first try. `result` is null for answers that must not be kept.
create table liuhen.command (
    id          uuid   primary key,
    org_id      uuid   not null,
    actor       uuid   not null,
    kind        text   not null,
    fingerprint bytea  not null,
    result      text,
    at          bigint not null
);
call liuhen.protect_operational('command');
