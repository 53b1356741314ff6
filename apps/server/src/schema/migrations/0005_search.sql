-- Search in lists. `like` is not leakproof, so row-level security never lets it reach an index; and a trigram index knows
-- nothing of one or two characters, which is what people type in Chinese. docs/decisions/0015-search.md

-- Every run of one, two and three characters in a text, as numbers that hold for one organisation only: a look-up in the
-- index touches no other organisation's part of it. Runs do not cross blanks and line ends.
create function liuhen.search_keys(p_org uuid, p_text text) returns bigint[]
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
declare
    v_org       bigint := uuid_hash_extended(p_org, 0);
    v_before    bigint := 0;
    v_last      bigint := 0;
    v_code      bigint;
    v_character text;
    v_keys      bigint[] := '{}';
begin
    foreach v_character in array string_to_array(p_text, null) loop
        v_code := ascii(v_character);
        if v_code in (10, 32) then
            v_before := 0;
            v_last := 0;
        else
            -- A code point has 21 bits, so three of them fit and no two runs share a number.
            v_keys := v_keys || array[v_code # v_org, (v_last << 21 | v_code) # v_org, ((v_before << 21 | v_last) << 21 | v_code) # v_org];
            v_before := v_last;
            v_last := v_code;
        end if;
    end loop;
    return v_keys;
end $$;

-- The keys a text must have to contain all the words: of a short word the word itself, of a longer one each run of three.
create function liuhen.word_keys(p_org uuid, p_words text[]) returns bigint[]
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg((liuhen.search_keys(p_org, substr(word, place, 3)))[3 * least(length(word), 3)]), '{}')
    from unnest(p_words) as word, generate_series(1, greatest(length(word) - 2, 1)) as place
$$;

-- Words as they are: what `like` reads as a wildcard is taken literally.
create function liuhen.word_patterns(p_words text[]) returns text[]
language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
    select coalesce(array_agg('%' || replace(replace(replace(word, '\', '\\'), '%', '\%'), '_', '\_') || '%'), '{}')
    from unnest(p_words) as word
$$;

drop index liuhen.party_search, liuhen.act_search, liuhen.recording_search;
-- What was written last is looked through one by one: the limit (kB) keeps that short.
create index party_search on liuhen.party using gin (liuhen.search_keys(org_id, search_text)) with (gin_pending_list_limit = 1024);
create index act_search on liuhen.act using gin (liuhen.search_keys(org_id, search_text)) with (gin_pending_list_limit = 1024);
create index recording_search on liuhen.recording using gin (liuhen.search_keys(org_id, search_text)) with (gin_pending_list_limit = 1024);

-- Ids of rows whose text contains all the words, at most so many and in no order. As the owner, whom row-level security
-- does not limit: the scope is therefore asked for here, from the same setting as the policies ask, never from the caller.
-- `is not distinct from` says the same as `=` and keeps an index on org_id out of the plan.
create function liuhen.search_party(p_words text[], p_most int) returns setof uuid
language sql stable strict security definer set search_path = pg_catalog, pg_temp as $$
    select found.id from unnest(liuhen.read_orgs()) as scope (org_id) cross join lateral (
        select p.id from liuhen.party p
        where liuhen.search_keys(p.org_id, p.search_text) @> liuhen.word_keys(scope.org_id, p_words)
            and p.org_id is not distinct from scope.org_id and p.search_text like all ((select liuhen.word_patterns(p_words))::text[])
    ) as found limit p_most
$$;

-- Of a word that too many parties contain, only how many there are: with the filters of the list, and of an organisation in
-- scope only, whatever is asked for.
create function liuhen.count_parties(p_words text[], p_org uuid, p_kind text, p_state text) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) from liuhen.party p
    where liuhen.search_keys(p.org_id, p.search_text) @> (select liuhen.word_keys(p_org, p_words))
        and p.org_id is not distinct from p_org and p_org = any (liuhen.read_orgs())
        and p.search_text like all ((select liuhen.word_patterns(p_words))::text[])
        and (p_kind is null or p.kind = p_kind) and (p_state is null or p.state = p_state)
$$;

create function liuhen.search_act(p_words text[], p_most int) returns setof uuid
language sql stable strict security definer set search_path = pg_catalog, pg_temp as $$
    select found.id from unnest(liuhen.read_orgs()) as scope (org_id) cross join lateral (
        select a.id from liuhen.act a
        where liuhen.search_keys(a.org_id, a.search_text) @> liuhen.word_keys(scope.org_id, p_words)
            and a.org_id is not distinct from scope.org_id and a.search_text like all ((select liuhen.word_patterns(p_words))::text[])
    ) as found limit p_most
$$;

create function liuhen.search_recording(p_words text[], p_most int) returns setof uuid
language sql stable strict security definer set search_path = pg_catalog, pg_temp as $$
    select found.id from unnest(liuhen.read_orgs()) as scope (org_id) cross join lateral (
        select r.id from liuhen.recording r
        where liuhen.search_keys(r.org_id, r.search_text) @> liuhen.word_keys(scope.org_id, p_words)
            and r.org_id is not distinct from scope.org_id and r.search_text like all ((select liuhen.word_patterns(p_words))::text[])
    ) as found limit p_most
$$;

revoke all on function liuhen.search_party, liuhen.count_parties, liuhen.search_act, liuhen.search_recording from public;
grant execute on function liuhen.search_party, liuhen.count_parties, liuhen.search_act, liuhen.search_recording to liuhen_app;
