-- Figures of many acts at once, and of many years: a statement that judges hundreds of acts adds up once for each officer, month and
-- kind, years and whole organisations have sums of their own, and what is open of findings stands in a small table. None of it is
-- evidence: all of it follows from act_judgement and finding at any time (recount_compliance).
drop trigger counted on liuhen.act_judgement;
drop function liuhen.count_judgement();
drop function liuhen.add_figures(liuhen.act_judgement, int);

-- As compliance_month, for whole years of Shanghai's calendar.
create table liuhen.compliance_year (like liuhen.compliance_month);
alter table liuhen.compliance_year rename column month to year;
create unique index compliance_year_place on liuhen.compliance_year (org_id, year, person_id, scenario) nulls not distinct;
call liuhen.protect_operational('compliance_year');

-- As compliance_month, of all officers of an organisation together.
create table liuhen.compliance_whole (like liuhen.compliance_month);
alter table liuhen.compliance_whole drop column person_id;
create unique index compliance_whole_place on liuhen.compliance_whole (org_id, month, scenario);
call liuhen.protect_operational('compliance_whole');

-- One officer, or those of a department, over many months.
create index compliance_month_person on liuhen.compliance_month (person_id, month);

-- Findings that wait for an answer or a decision, with what they are counted by, of the act as it was judged last.
create table liuhen.open_finding (
    finding_id uuid primary key,
    org_id     uuid not null,
    month      int  not null,
    person_id  uuid,
    scenario   text not null,
    found_at   bigint not null
);
create index open_finding_place on liuhen.open_finding (org_id, month) include (person_id, scenario, found_at);
call liuhen.protect_operational('open_finding');

-- What judged acts come to now, less what they came to before, added up once for each place; in the order of places, so that two
-- commands cannot wait for each other.
create function liuhen.add_figures(p_now liuhen.compliance_month[], p_before liuhen.compliance_month[]) returns void
language plpgsql as $$
declare
    v_sums liuhen.compliance_month[];
begin
    v_sums := array(
        select row(f.org_id, f.month, f.person_id, f.scenario,
            sum(s.sign * f.acts)::bigint, sum(s.sign * f.complete)::bigint, sum(s.sign * f.failed)::bigint,
            sum(s.sign * f.review)::bigint, sum(s.sign * f.required_ms)::bigint, sum(s.sign * f.covered_ms)::bigint,
            sum(s.sign * f.exempt_ms)::bigint, sum(s.sign * f.interruptions)::bigint, sum(s.sign * f.late)::bigint,
            sum(s.sign * f.open_gaps)::bigint)::liuhen.compliance_month
        from (values (1, p_now), (-1, p_before)) as s (sign, figures), unnest(s.figures) as f
        group by f.org_id, f.month, f.person_id, f.scenario
        having (sum(s.sign * f.acts), sum(s.sign * f.complete), sum(s.sign * f.failed), sum(s.sign * f.review),
            sum(s.sign * f.required_ms), sum(s.sign * f.covered_ms), sum(s.sign * f.exempt_ms), sum(s.sign * f.interruptions),
            sum(s.sign * f.late), sum(s.sign * f.open_gaps))
            <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    );
    insert into liuhen.compliance_month as m
    select * from unnest(v_sums) as d order by d.org_id, d.month, d.person_id, d.scenario
    on conflict (org_id, month, person_id, scenario) do update set
        acts = m.acts + excluded.acts, complete = m.complete + excluded.complete, failed = m.failed + excluded.failed,
        review = m.review + excluded.review, required_ms = m.required_ms + excluded.required_ms,
        covered_ms = m.covered_ms + excluded.covered_ms, exempt_ms = m.exempt_ms + excluded.exempt_ms,
        interruptions = m.interruptions + excluded.interruptions, late = m.late + excluded.late,
        open_gaps = m.open_gaps + excluded.open_gaps;
    insert into liuhen.compliance_year as m
    select org_id, month / 12, person_id, scenario,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from unnest(v_sums) group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (org_id, year, person_id, scenario) do update set
        acts = m.acts + excluded.acts, complete = m.complete + excluded.complete, failed = m.failed + excluded.failed,
        review = m.review + excluded.review, required_ms = m.required_ms + excluded.required_ms,
        covered_ms = m.covered_ms + excluded.covered_ms, exempt_ms = m.exempt_ms + excluded.exempt_ms,
        interruptions = m.interruptions + excluded.interruptions, late = m.late + excluded.late,
        open_gaps = m.open_gaps + excluded.open_gaps;
    insert into liuhen.compliance_whole as m
    select org_id, month, scenario,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from unnest(v_sums) group by 1, 2, 3 order by 1, 2, 3
    on conflict (org_id, month, scenario) do update set
        acts = m.acts + excluded.acts, complete = m.complete + excluded.complete, failed = m.failed + excluded.failed,
        review = m.review + excluded.review, required_ms = m.required_ms + excluded.required_ms,
        covered_ms = m.covered_ms + excluded.covered_ms, exempt_ms = m.exempt_ms + excluded.exempt_ms,
        interruptions = m.interruptions + excluded.interruptions, late = m.late + excluded.late,
        open_gaps = m.open_gaps + excluded.open_gaps;
end $$;

-- Findings of judged acts whose place among those that are open is not known yet, or is another now.
create function liuhen.place_open_findings(p_acts uuid[]) returns void language plpgsql as $$
begin
    insert into liuhen.open_finding as o
    select f.id, f.org_id, liuhen.month_of(f.starts_at), f.lead_id, f.scenario, f.found_at
    from unnest(p_acts) as a (id) cross join lateral (
        -- By key, whatever the table's size was when this was planned.
        select f.id, f.org_id, f.found_at, j.starts_at, j.lead_id, j.scenario
        from liuhen.finding f join liuhen.act_judgement j on j.act_id = f.act_id
        where f.act_id = a.id and f.state in ('open', 'answered') offset 0
    ) as f
    on conflict (finding_id) do update set
        month = excluded.month, person_id = excluded.person_id, scenario = excluded.scenario, found_at = excluded.found_at
    where (o.month, o.person_id, o.scenario, o.found_at)
        is distinct from (excluded.month, excluded.person_id, excluded.scenario, excluded.found_at);
end $$;

-- One statement may judge hundreds of acts: its rows are counted together.
create function liuhen.count_judged() returns trigger language plpgsql as $$
begin
    perform liuhen.add_figures(array(select f from made j, liuhen.figures_of(row(j.*)::liuhen.act_judgement) as f), '{}');
    perform liuhen.place_open_findings(array(select act_id from made));
    return null;
end $$;
create trigger counted after insert on liuhen.act_judgement referencing new table as made
    for each statement execute function liuhen.count_judged();

create function liuhen.count_judged_again() returns trigger language plpgsql as $$
begin
    perform liuhen.add_figures(
        array(select f from made j, liuhen.figures_of(row(j.*)::liuhen.act_judgement) as f),
        array(select f from was j, liuhen.figures_of(row(j.*)::liuhen.act_judgement) as f)
    );
    perform liuhen.place_open_findings(array(
        select m.act_id from made m join was w on w.id = m.id
        where (m.starts_at, m.lead_id, m.scenario) is distinct from (w.starts_at, w.lead_id, w.scenario)
    ));
    return null;
end $$;
create trigger counted_again after update on liuhen.act_judgement referencing old table as was new table as made
    for each statement execute function liuhen.count_judged_again();

create function liuhen.count_findings() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from liuhen.open_finding
        where finding_id = any (array(select id from made where state not in ('open', 'answered')));
    end if;
    perform liuhen.place_open_findings(array(select distinct act_id from made where state in ('open', 'answered')));
    return null;
end $$;
create trigger counted after insert on liuhen.finding referencing new table as made
    for each statement execute function liuhen.count_findings();
create trigger counted_again after update on liuhen.finding referencing new table as made
    for each statement execute function liuhen.count_findings();

-- Years and whole organisations from the months.
create procedure liuhen.sum_compliance() language sql as $$
    delete from liuhen.compliance_year;
    insert into liuhen.compliance_year
    select org_id, month / 12, person_id, scenario,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms), sum(interruptions),
        sum(late), sum(open_gaps)
    from liuhen.compliance_month group by 1, 2, 3, 4;
    delete from liuhen.compliance_whole;
    insert into liuhen.compliance_whole
    select org_id, month, scenario,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms), sum(interruptions),
        sum(late), sum(open_gaps)
    from liuhen.compliance_month group by 1, 2, 3
$$;
revoke all on procedure liuhen.sum_compliance() from public;

-- Everything from the judgements and findings anew; for what there was before these tables, and for whoever doubts them.
create or replace procedure liuhen.recount_compliance() language sql as $$
    delete from liuhen.compliance_month;
    insert into liuhen.compliance_month
    select f.org_id, f.month, f.person_id, f.scenario,
        sum(f.acts), sum(f.complete), sum(f.failed), sum(f.review), sum(f.required_ms), sum(f.covered_ms), sum(f.exempt_ms),
        sum(f.interruptions), sum(f.late), sum(f.open_gaps)
    from liuhen.act_judgement as j, liuhen.figures_of(j) as f
    group by f.org_id, f.month, f.person_id, f.scenario;
    call liuhen.sum_compliance();
    delete from liuhen.open_finding;
    insert into liuhen.open_finding
    select f.id, f.org_id, liuhen.month_of(j.starts_at), j.lead_id, j.scenario, f.found_at
    from liuhen.finding f join liuhen.act_judgement j on j.act_id = f.act_id where f.state in ('open', 'answered')
$$;
call liuhen.recount_compliance();
