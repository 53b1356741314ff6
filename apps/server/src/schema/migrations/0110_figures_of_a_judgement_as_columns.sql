-- What the sums take from a judgement stood in its verdicts and gaps only: read out of JSON for every row that was written, once for the
-- sums and once for each index, and a change in them had every index written anew. Null: judged before this; it stands in the JSON.
alter table liuhen.act_judgement
    add column late int check (late >= 0),
    add column open_gaps int check (open_gaps >= 0);

create or replace function liuhen.figures_of(j liuhen.act_judgement) returns setof liuhen.compliance_month language sql immutable as $$
    select j.org_id, liuhen.month_of(j.starts_at), j.lead_id, j.scenario, 1::bigint,
        (j.verdict = 'pass')::int::bigint, (j.verdict = 'fail')::int::bigint, (j.verdict = 'needsReview')::int::bigint,
        j.required_ms, j.covered_ms, j.exempt_ms, j.interruptions::bigint,
        coalesce(j.late, (jsonb_path_query_first(j.verdicts, '$[*] ? (@.rule == "storedInTime").params.late'))::bigint, 0),
        coalesce(j.open_gaps, jsonb_array_length(jsonb_path_query_array(j.gaps, '$[*] ? (@.state == "open")')))::bigint
    where j.verdict <> 'notApplicable'
$$;

drop index liuhen.act_judgement_late;
create index act_judgement_late on liuhen.act_judgement (org_id, starts_at, id) where late is distinct from 0;
drop index liuhen.act_judgement_open_gap;
create index act_judgement_open_gap on liuhen.act_judgement (org_id, starts_at, id) where open_gaps is distinct from 0;

-- A judgement is changed many times, mostly in nothing that an index knows: with room on its page no index is touched then.
alter table liuhen.act_judgement set (fillfactor = 70);

-- How rules stand is counted of those verdicts only that are not what they were: of eleven mostly one differs, in a figure of it.
create function liuhen.standings_of(p_verdict jsonb) returns table (rule text, clause text, verdict text, modal text)
language sql immutable as $$
    select p_verdict ->> 'rule', '', p_verdict ->> 'verdict', p_verdict ->> 'modal' where (p_verdict ->> 'counts')::boolean
    union all
    select p_verdict ->> 'rule', c.key, c.value ->> 'verdict', c.value ->> 'modal'
    from jsonb_each(coalesce(p_verdict -> 'byClause', '{}')) as c where (p_verdict ->> 'counts')::boolean
$$;

create or replace function liuhen.count_changed_standing() returns trigger language plpgsql as $$
begin
    insert into liuhen.rule_standing as s (org_id, rule, clause, verdict, modal, subjects)
    select c.org_id, v.rule, v.clause, v.verdict, v.modal, sum(c.by)
    from (
        select d.org_id, p.by, p.verdict
        from (
            -- Side by side by their places; where one list is longer, beside nothing.
            select n.org_id, jsonb_array_elements(o.verdicts) as was, jsonb_array_elements(n.verdicts) as now
            from new_rows as n join old_rows as o on o.id = n.id where n.verdicts <> o.verdicts
        ) as d, lateral (values (1, d.now), (-1, d.was)) as p (by, verdict)
        where d.was is distinct from d.now
    ) as c, liuhen.standings_of(c.verdict) as v
    group by 1, 2, 3, 4, 5 having sum(c.by) <> 0 order by 1, 2, 3, 4, 5
    on conflict (org_id, rule, clause, verdict, modal) do update set subjects = s.subjects + excluded.subjects;
    return null;
end $$;

-- One expression, which the database puts into the statement instead of calling it for every row.
create or replace function liuhen.month_of(p_at bigint) returns int language sql immutable parallel safe as $$
    select (extract(year from timestamp '1970-01-01 08:00' + p_at * interval '1 millisecond') * 12
        + extract(month from timestamp '1970-01-01 08:00' + p_at * interval '1 millisecond') - 1)::int
$$;
