-- For statements that are sent with COMMIT, whose answer comes too late for anybody to refuse: where rows that were locked are not all there the
-- command begins anew.
create function liuhen.require_changed(p_changed bigint, p_wanted bigint) returns void language plpgsql as $$
begin
    if p_changed <> p_wanted then
        raise exception 'conflict.changedMeanwhile: % of % rows', p_changed, p_wanted using errcode = '40001';
    end if;
end $$;

-- What mostly is the case is left out of a verdict that is kept: it counts, its modal is must, a clause stands as the rule does. What was kept before
-- says all of it.
create or replace function liuhen.standings_in(p_verdicts jsonb) returns table (rule text, clause text, verdict text, modal text)
language sql immutable as $$
    select s.rule, s.clause, s.verdict, s.modal
    from jsonb_array_elements(p_verdicts) as v, liuhen.standings_of(v) as s
$$;
create or replace function liuhen.standings_of(p_verdict jsonb) returns table (rule text, clause text, verdict text, modal text)
language sql immutable as $$
    select p_verdict ->> 'rule', '', p_verdict ->> 'verdict', coalesce(p_verdict ->> 'modal', 'must')
    where p_verdict is not null and coalesce((p_verdict ->> 'counts')::boolean, true)
    union all
    select p_verdict ->> 'rule', c.key, coalesce(c.value ->> 'verdict', p_verdict ->> 'verdict'),
        coalesce(c.value ->> 'modal', p_verdict ->> 'modal', 'must')
    from jsonb_each(coalesce(p_verdict -> 'byClause', '{}')) as c where coalesce((p_verdict ->> 'counts')::boolean, true)
$$;
