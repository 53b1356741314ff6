-- How many acts, units and devices stand how by each rule, kept with each judgement in its transaction, so that the notice can be read with
-- how each of its demands stands without looking at millions of acts. Not evidence: it follows from the judgements (recount_standing).
create table liuhen.rule_standing (
    org_id   uuid not null,
    rule     text not null,
    verdict  text not null,
    -- Of a verdict that fails: a must, or what is only wanted.
    modal    text not null,
    subjects bigint not null
) with (fillfactor = 50);
create unique index rule_standing_place on liuhen.rule_standing (org_id, rule, verdict, modal);
call liuhen.protect_operational('rule_standing');

-- What some judgements add. What only a person can say and nobody asked for does not count.
create function liuhen.standings_in(p_verdicts jsonb) returns table (rule text, verdict text, modal text)
language sql immutable as $$
    select v ->> 'rule', v ->> 'verdict', v ->> 'modal' from jsonb_array_elements(p_verdicts) as v where (v ->> 'counts')::boolean
$$;

create function liuhen.count_new_standing() returns trigger language plpgsql as $$
begin
    insert into liuhen.rule_standing as s
    select n.org_id, v.rule, v.verdict, v.modal, count(*)
    from new_rows as n, liuhen.standings_in(n.verdicts) as v
    group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (org_id, rule, verdict, modal) do update set subjects = s.subjects + excluded.subjects;
    return null;
end $$;

-- Only what differs: most judgements that are made again say what they said.
create function liuhen.count_changed_standing() returns trigger language plpgsql as $$
begin
    insert into liuhen.rule_standing as s
    select c.org_id, c.rule, c.verdict, c.modal, sum(c.by) from (
        select n.org_id, v.rule, v.verdict, v.modal, 1 as by from new_rows as n, liuhen.standings_in(n.verdicts) as v
        union all
        select o.org_id, v.rule, v.verdict, v.modal, -1 from old_rows as o, liuhen.standings_in(o.verdicts) as v
    ) as c
    group by 1, 2, 3, 4 having sum(c.by) <> 0 order by 1, 2, 3, 4
    on conflict (org_id, rule, verdict, modal) do update set subjects = s.subjects + excluded.subjects;
    return null;
end $$;

create trigger standing_new after insert on liuhen.act_judgement
    referencing new table as new_rows for each statement execute function liuhen.count_new_standing();
create trigger standing_changed after update on liuhen.act_judgement
    referencing old table as old_rows new table as new_rows for each statement execute function liuhen.count_changed_standing();
create trigger standing_new after insert on liuhen.subject_judgement
    referencing new table as new_rows for each statement execute function liuhen.count_new_standing();
create trigger standing_changed after update on liuhen.subject_judgement
    referencing old table as old_rows new table as new_rows for each statement execute function liuhen.count_changed_standing();

-- Everything from the judgements anew; for what was judged before this table, and for whoever doubts it.
create procedure liuhen.recount_standing() language sql as $$
    delete from liuhen.rule_standing;
    insert into liuhen.rule_standing
    select j.org_id, v.rule, v.verdict, v.modal, count(*)
    from (select org_id, verdicts from liuhen.act_judgement union all select org_id, verdicts from liuhen.subject_judgement) as j,
        liuhen.standings_in(j.verdicts) as v
    group by 1, 2, 3, 4
$$;
revoke all on procedure liuhen.recount_standing() from public;
call liuhen.recount_standing();
