-- Who of another organisation acted in a log: the name and the organisation of those who made these entries, and nothing else of anybody.
-- As the owner, since people of other organisations are not in scope; the log has to be.
create function liuhen.outside_actors(p_org uuid, p_entries bigint[]) returns table (actor uuid, name text, organisation text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select distinct p.id, p.name, o.name
    from ledger.entry e
    join liuhen.person p on p.id = e.actor and p.org_id <> e.org_id
    join liuhen.organisation o on o.id = p.org_id
    where e.org_id = p_org and e.idx = any (p_entries) and p_org = any (liuhen.read_orgs())
$$;
revoke all on function liuhen.outside_actors from public;
grant execute on function liuhen.outside_actors to liuhen_app;
