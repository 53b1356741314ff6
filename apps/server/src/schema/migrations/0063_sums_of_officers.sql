-- Figures of officers over many months, whatever the kind of act: sums of their own, a ninth of what was read for them before; and
-- what judging many acts at once was held up by. None of the sums is evidence (recount_compliance).

-- As compliance_month and compliance_year, of all kinds of act together.
create table liuhen.compliance_officer_month (like liuhen.compliance_month);
alter table liuhen.compliance_officer_month drop column scenario;
create unique index compliance_officer_month_place on liuhen.compliance_officer_month (org_id, month, person_id) nulls not distinct;
create index compliance_officer_month_person on liuhen.compliance_officer_month (person_id, month);
call liuhen.protect_operational('compliance_officer_month');

create table liuhen.compliance_officer_year (like liuhen.compliance_year);
alter table liuhen.compliance_officer_year drop column scenario;
create unique index compliance_officer_year_place on liuhen.compliance_officer_year (org_id, year, person_id) nulls not distinct;
call liuhen.protect_operational('compliance_officer_year');

create or replace function liuhen.add_figures(p_now liuhen.compliance_month[], p_before liuhen.compliance_month[]) returns void
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
    if cardinality(v_sums) = 0 then return; end if;
    insert into liuhen.compliance_month as m
    select * from unnest(v_sums) as d order by d.org_id, d.month, d.person_id, d.scenario
    on conflict (org_id, month, person_id, scenario) do update set
        acts = m.acts + excluded.acts, complete = m.complete + excluded.complete,
        failed = m.failed + excluded.failed, review = m.review + excluded.review,
        required_ms = m.required_ms + excluded.required_ms,
        covered_ms = m.covered_ms + excluded.covered_ms, exempt_ms = m.exempt_ms + excluded.exempt_ms,
        interruptions = m.interruptions + excluded.interruptions, late = m.late + excluded.late,
        open_gaps = m.open_gaps + excluded.open_gaps;
    insert into liuhen.compliance_year as m
    select org_id, month / 12, person_id, scenario,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from unnest(v_sums) group by 1, 2, 3, 4 order by 1, 2, 3, 4
    on conflict (org_id, year, person_id, scenario) do update set
        acts = m.acts + excluded.acts, complete = m.complete + excluded.complete,
        failed = m.failed + excluded.failed, review = m.review + excluded.review,
        required_ms = m.required_ms + excluded.required_ms,
        covered_ms = m.covered_ms + excluded.covered_ms, exempt_ms = m.exempt_ms + excluded.exempt_ms,
        interruptions = m.interruptions + excluded.interruptions, late = m.late + excluded.late,
        open_gaps = m.open_gaps + excluded.open_gaps;
    insert into liuhen.compliance_whole as m
    select org_id, month, scenario,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from unnest(v_sums) group by 1, 2, 3 order by 1, 2, 3
    on conflict (org_id, month, scenario) do update set
        acts = m.acts + excluded.acts, complete = m.complete + excluded.complete,
        failed = m.failed + excluded.failed, review = m.review + excluded.review,
        required_ms = m.required_ms + excluded.required_ms,
        covered_ms = m.covered_ms + excluded.covered_ms, exempt_ms = m.exempt_ms + excluded.exempt_ms,
        interruptions = m.interruptions + excluded.interruptions, late = m.late + excluded.late,
        open_gaps = m.open_gaps + excluded.open_gaps;
    insert into liuhen.compliance_officer_month as m
    select org_id, month, person_id,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from unnest(v_sums) group by 1, 2, 3 order by 1, 2, 3
    on conflict (org_id, month, person_id) do update set
        acts = m.acts + excluded.acts, complete = m.complete + excluded.complete,
        failed = m.failed + excluded.failed, review = m.review + excluded.review,
        required_ms = m.required_ms + excluded.required_ms,
        covered_ms = m.covered_ms + excluded.covered_ms, exempt_ms = m.exempt_ms + excluded.exempt_ms,
        interruptions = m.interruptions + excluded.interruptions, late = m.late + excluded.late,
        open_gaps = m.open_gaps + excluded.open_gaps;
    insert into liuhen.compliance_officer_year as m
    select org_id, month / 12, person_id,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from unnest(v_sums) group by 1, 2, 3 order by 1, 2, 3
    on conflict (org_id, year, person_id) do update set
        acts = m.acts + excluded.acts, complete = m.complete + excluded.complete,
        failed = m.failed + excluded.failed, review = m.review + excluded.review,
        required_ms = m.required_ms + excluded.required_ms,
        covered_ms = m.covered_ms + excluded.covered_ms, exempt_ms = m.exempt_ms + excluded.exempt_ms,
        interruptions = m.interruptions + excluded.interruptions, late = m.late + excluded.late,
        open_gaps = m.open_gaps + excluded.open_gaps;
end $$;

-- Everything coarser from the months.
create or replace procedure liuhen.sum_compliance() language sql as $$
    delete from liuhen.compliance_year;
    insert into liuhen.compliance_year
    select org_id, month / 12, person_id, scenario,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from liuhen.compliance_month group by 1, 2, 3, 4;
    delete from liuhen.compliance_whole;
    insert into liuhen.compliance_whole
    select org_id, month, scenario,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from liuhen.compliance_month group by 1, 2, 3;
    delete from liuhen.compliance_officer_month;
    insert into liuhen.compliance_officer_month
    select org_id, month, person_id,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from liuhen.compliance_month group by 1, 2, 3;
    delete from liuhen.compliance_officer_year;
    insert into liuhen.compliance_officer_year
    select org_id, month / 12, person_id,
        sum(acts), sum(complete), sum(failed), sum(review), sum(required_ms), sum(covered_ms), sum(exempt_ms),
        sum(interruptions), sum(late), sum(open_gaps)
    from liuhen.compliance_month group by 1, 2, 3;
$$;
call liuhen.sum_compliance();

-- By act alone: together with state or organisation the whole of an organisation's open findings was looked through for each act.
create or replace function liuhen.place_open_findings(p_acts uuid[]) returns void language plpgsql as $$
begin
    insert into liuhen.open_finding as o
    select f.id, f.org_id, liuhen.month_of(f.starts_at), f.lead_id, f.scenario, f.found_at
    from unnest(p_acts) as a (id) cross join lateral (
        select f.id, f.org_id, f.state, f.found_at, j.starts_at, j.lead_id, j.scenario
        from liuhen.finding f join liuhen.act_judgement j on j.act_id = f.act_id
        where f.act_id = a.id offset 0
    ) as f
    where f.state in ('open', 'answered')
    on conflict (finding_id) do update set
        month = excluded.month, person_id = excluded.person_id, scenario = excluded.scenario, found_at = excluded.found_at
    where (o.month, o.person_id, o.scenario, o.found_at)
        is distinct from (excluded.month, excluded.person_id, excluded.scenario, excluded.found_at);
end $$;

-- What a statement wrote is at hand: only the judgements of its acts are looked up.
create or replace function liuhen.count_findings() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        delete from liuhen.open_finding
        where finding_id = any (array(select id from made where state not in ('open', 'answered')));
    end if;
    insert into liuhen.open_finding as o
    select m.id, m.org_id, liuhen.month_of(j.starts_at), j.lead_id, j.scenario, m.found_at
    from made m cross join lateral (
        select j.starts_at, j.lead_id, j.scenario from liuhen.act_judgement j where j.act_id = m.act_id offset 0
    ) as j
    where m.state in ('open', 'answered')
    on conflict (finding_id) do update set
        month = excluded.month, person_id = excluded.person_id, scenario = excluded.scenario, found_at = excluded.found_at
    where (o.month, o.person_id, o.scenario, o.found_at)
        is distinct from (excluded.month, excluded.person_id, excluded.scenario, excluded.found_at);
    return null;
end $$;
