-- Tasks and complaints are searched like the other lists: an index of short runs, read by the owner (0005_search.sql says why).

create index task_search on liuhen.task using gin (liuhen.search_keys(org_id, search_text)) with (gin_pending_list_limit = 1024);

create function liuhen.search_task(p_words text[], p_most int) returns setof uuid
language sql stable strict security definer set search_path = pg_catalog, pg_temp as $$
    select found.id from unnest(liuhen.read_orgs()) as scope (org_id) cross join lateral (
        select t.id from liuhen.task t
        where liuhen.search_keys(t.org_id, t.search_text) @> liuhen.word_keys(scope.org_id, p_words)
            and t.org_id is not distinct from scope.org_id and t.search_text like all ((select liuhen.word_patterns(p_words))::text[])
    ) as found limit p_most
$$;
revoke all on function liuhen.search_task from public;
grant execute on function liuhen.search_task to liuhen_app;

create index complaint_search on liuhen.complaint using gin (liuhen.search_keys(org_id, search_text)) with (gin_pending_list_limit = 1024);

create function liuhen.search_complaint(p_words text[], p_most int) returns setof uuid
language sql stable strict security definer set search_path = pg_catalog, pg_temp as $$
    select found.id from unnest(liuhen.read_orgs()) as scope (org_id) cross join lateral (
        select c.id from liuhen.complaint c
        where liuhen.search_keys(c.org_id, c.search_text) @> liuhen.word_keys(scope.org_id, p_words)
            and c.org_id is not distinct from scope.org_id and c.search_text like all ((select liuhen.word_patterns(p_words))::text[])
    ) as found limit p_most
$$;
revoke all on function liuhen.search_complaint from public;
grant execute on function liuhen.search_complaint to liuhen_app;
