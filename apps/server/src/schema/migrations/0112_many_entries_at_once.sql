-- Hundreds of entries at once, as judging appends them: three statements instead of a thousand. What is written is the same in both ways.
create or replace function ledger.append(
    p_org uuid, p_command uuid, p_actor uuid,
    p_entries bytea[], p_kinds text[], p_at bigint[], p_salts bytea[], p_bodies bytea[],
    p_object_entry int[], p_object_ids uuid[], p_object_seqs bigint[]
) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_size   bigint;
    v_chain  bytea;
    v_last   bytea;
    v_leaves bytea[] := '{}';
    v_chains bytea[] := '{}';
    n        int := cardinality(p_entries);
begin
    if current_setting('synchronous_commit') = 'off' then
        raise exception 'log.notDurable: synchronous_commit is off' using errcode = 'LH002';
    end if;
    if n = 0 or cardinality(p_kinds) <> n or cardinality(p_at) <> n or cardinality(p_salts) <> n or cardinality(p_bodies) <> n
        or cardinality(p_object_ids) <> cardinality(p_object_entry) or cardinality(p_object_seqs) <> cardinality(p_object_entry)
        or 0 > any (p_object_seqs) then
        raise exception 'log.malformedAppend' using errcode = 'LH003';
    end if;

    -- Whatever needs no order is done before the lock.
    for i in 1 .. n loop
        if octet_length(p_salts[i]) <> 32 then
            raise exception 'log.malformedAppend' using errcode = 'LH003';
        end if;
        v_leaves[i] := sha256('\x00'::bytea || p_entries[i]);
    end loop;

    -- Waiters for this lock are woken one at a time and in order. Waiting for the row itself wakes each of them twice.
    perform pg_advisory_xact_lock(hashtextextended(p_org::text, 1));
    select size, chain into v_size, v_chain from ledger.head where org_id = p_org;
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
        v_chains[i] := v_chain;
    end loop;
    if n < 16 then
        -- Row by row: a command mostly has one entry or a few, and a plan for sets costs more to start than they take.
        for i in 1 .. n loop
            insert into ledger.entry (org_id, idx, leaf, chain, at, kind, actor, command_id, entry)
                values (p_org, v_size + i - 1, v_leaves[i], v_chains[i], p_at[i], p_kinds[i], p_actor, p_command, p_entries[i]);
            insert into ledger.body (org_id, idx, salt, body) values (p_org, v_size + i - 1, p_salts[i], p_bodies[i]);
        end loop;
        for j in 1 .. cardinality(p_object_ids) loop
            insert into ledger.object (org_id, object_id, seq, idx, leaf)
                values (p_org, p_object_ids[j], p_object_seqs[j], v_size + p_object_entry[j] - 1, v_leaves[p_object_entry[j]]);
        end loop;
    else
        insert into ledger.entry (org_id, idx, leaf, chain, at, kind, actor, command_id, entry)
            select p_org, v_size + e.i - 1, e.leaf, e.chain, e.at, e.kind, p_actor, p_command, e.entry
            from unnest(v_leaves, v_chains, p_at, p_kinds, p_entries) with ordinality as e (leaf, chain, at, kind, entry, i);
        insert into ledger.body (org_id, idx, salt, body)
            select p_org, v_size + b.i - 1, b.salt, b.body from unnest(p_salts, p_bodies) with ordinality as b (salt, body, i);
        insert into ledger.object (org_id, object_id, seq, idx, leaf)
            select p_org, o.id, o.seq, v_size + o.entry - 1, v_leaves[o.entry]
            from unnest(p_object_entry, p_object_ids, p_object_seqs) as o (entry, id, seq);
    end if;
    if v_size = 0 then
        insert into ledger.head (org_id, size, chain, command_id) values (p_org, n, v_chain, p_command);
    else
        update ledger.head set size = v_size + n, chain = v_chain, command_id = p_command where org_id = p_org and size = v_size;
        if not found then
            raise exception 'log.headMoved: the head moved while its lock was held' using errcode = 'LH004';
        end if;
    end if;
    for b in v_size / 256 .. (v_size + n) / 256 - 1 loop
        perform ledger.tally_block(p_org, b);
    end loop;
end $$;
