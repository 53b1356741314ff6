-- How clauses stand that are about a part only of what their rule looks at: one kind of act (正文二(二)1), what is a must (附件1 第17条), one
-- requirement (附件2). A verdict says it by clause; of the verdict as a whole the clause is empty.
alter table liuhen.rule_standing add column clause text not null default '';
drop index liuhen.rule_standing_place;
create unique index rule_standing_place on liuhen.rule_standing (org_id, rule, clause, verdict, modal);

drop function liuhen.standings_in(jsonb);
create function liuhen.standings_in(p_verdicts jsonb) returns table (rule text, clause text, verdict text, modal text)
language sql immutable as $$
    select v ->> 'rule', '', v ->> 'verdict', v ->> 'modal'
    from jsonb_array_elements(p_verdicts) as v where (v ->> 'counts')::boolean
    union all
    select v ->> 'rule', c.key, c.value ->> 'verdict', c.value ->> 'modal'
    from jsonb_array_elements(p_verdicts) as v, jsonb_each(coalesce(v -> 'byClause', '{}')) as c where (v ->> 'counts')::boolean
$$;

create or replace function liuhen.count_new_standing() returns trigger language plpgsql as $$
begin
    insert into liuhen.rule_standing as s (org_id, rule, clause, verdict, modal, subjects)
    select n.org_id, v.rule, v.clause, v.verdict, v.modal, count(*)
    from new_rows as n, liuhen.standings_in(n.verdicts) as v
    group by 1, 2, 3, 4, 5 order by 1, 2, 3, 4, 5
    on conflict (org_id, rule, clause, verdict, modal) do update set subjects = s.subjects + excluded.subjects;
    return null;
end $$;

create or replace function liuhen.count_changed_standing() returns trigger language plpgsql as $$
begin
    insert into liuhen.rule_standing as s (org_id, rule, clause, verdict, modal, subjects)
    select c.org_id, c.rule, c.clause, c.verdict, c.modal, sum(c.by) from (
        select n.org_id, v.rule, v.clause, v.verdict, v.modal, 1 as by
        from new_rows as n, liuhen.standings_in(n.verdicts) as v
        union all
        select o.org_id, v.rule, v.clause, v.verdict, v.modal, -1
        from old_rows as o, liuhen.standings_in(o.verdicts) as v
    ) as c
    group by 1, 2, 3, 4, 5 having sum(c.by) <> 0 order by 1, 2, 3, 4, 5
    on conflict (org_id, rule, clause, verdict, modal) do update set subjects = s.subjects + excluded.subjects;
    return null;
end $$;

create or replace procedure liuhen.recount_standing() language sql as $$
    delete from liuhen.rule_standing;
    insert into liuhen.rule_standing (org_id, rule, clause, verdict, modal, subjects)
    select j.org_id, v.rule, v.clause, v.verdict, v.modal, count(*)
    from (select org_id, verdicts from liuhen.act_judgement union all select org_id, verdicts from liuhen.subject_judgement) as j,
        liuhen.standings_in(j.verdicts) as v
    group by 1, 2, 3, 4, 5
$$;
