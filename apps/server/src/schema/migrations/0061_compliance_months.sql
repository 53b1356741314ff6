-- Figures of judged acts by month, kept with each judgement in its transaction, so that nobody counts millions of acts to see a year.
-- Not evidence: what it says follows from act_judgement at any time (recount_compliance).
create table liuhen.compliance_month (
    org_id        uuid not null,
    -- Year × 12 + month − 1 by Shanghai's calendar, in which the act began.
    month         int  not null,
    -- Who leads the act.
    person_id     uuid,
    scenario      text not null,
    acts          bigint not null,
    complete      bigint not null,
    failed        bigint not null,
    review        bigint not null,
    required_ms   bigint not null,
    covered_ms    bigint not null,
    exempt_ms     bigint not null,
    interruptions bigint not null,
    late          bigint not null,
    open_gaps     bigint not null
);
create unique index compliance_month_place on liuhen.compliance_month (org_id, month, person_id, scenario) nulls not distinct;
call liuhen.protect_operational('compliance_month');

-- Shanghai's calendar has been eight hours ahead throughout the time that is counted here.
create function liuhen.month_of(p_at bigint) returns int language sql immutable parallel safe as $$
    select (extract(year from t) * 12 + extract(month from t) - 1)::int
    from (select to_timestamp(p_at / 1000 + 28800) at time zone 'UTC' as t) as shanghai
$$;

-- What one act adds. What was announced or called off has nothing judged and adds nothing.
create function liuhen.figures_of(j liuhen.act_judgement) returns setof liuhen.compliance_month language sql immutable as $$
    select j.org_id, liuhen.month_of(j.starts_at), j.lead_id, j.scenario, 1::bigint,
        (j.verdict = 'pass')::int::bigint, (j.verdict = 'fail')::int::bigint, (j.verdict = 'needsReview')::int::bigint,
        j.required_ms, j.covered_ms, j.exempt_ms, j.interruptions::bigint,
        coalesce((jsonb_path_query_first(j.verdicts, '$[*] ? (@.rule == "storedInTime").params.late'))::bigint, 0),
        jsonb_array_length(jsonb_path_query_array(j.gaps, '$[*] ? (@.state == "open")'))::bigint
    where j.verdict <> 'notApplicable'
$$;

create function liuhen.add_figures(j liuhen.act_judgement, p_sign int) returns void language sql as $$
    insert into liuhen.compliance_month as m
    select f.org_id, f.month, f.person_id, f.scenario, p_sign * f.acts, p_sign * f.complete, p_sign * f.failed, p_sign * f.review,
        p_sign * f.required_ms, p_sign * f.covered_ms, p_sign * f.exempt_ms, p_sign * f.interruptions, p_sign * f.late,
        p_sign * f.open_gaps
    from liuhen.figures_of(j) as f
    on conflict (org_id, month, person_id, scenario) do update set
        acts = m.acts + excluded.acts, complete = m.complete + excluded.complete, failed = m.failed + excluded.failed,
        review = m.review + excluded.review, required_ms = m.required_ms + excluded.required_ms,
        covered_ms = m.covered_ms + excluded.covered_ms, exempt_ms = m.exempt_ms + excluded.exempt_ms,
        interruptions = m.interruptions + excluded.interruptions, late = m.late + excluded.late,
        open_gaps = m.open_gaps + excluded.open_gaps
$$;

create function liuhen.count_judgement() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then perform liuhen.add_figures(old, -1); end if;
    perform liuhen.add_figures(new, 1);
    return null;
end $$;
create trigger counted after insert or update on liuhen.act_judgement for each row execute function liuhen.count_judgement();

-- Everything from the judgements anew; for what was judged before this table, and for whoever doubts it.
create procedure liuhen.recount_compliance() language sql as $$
    delete from liuhen.compliance_month;
    insert into liuhen.compliance_month
    select f.org_id, f.month, f.person_id, f.scenario, sum(f.acts), sum(f.complete), sum(f.failed), sum(f.review),
        sum(f.required_ms), sum(f.covered_ms), sum(f.exempt_ms), sum(f.interruptions), sum(f.late), sum(f.open_gaps)
    from liuhen.act_judgement as j, liuhen.figures_of(j) as f
    group by f.org_id, f.month, f.person_id, f.scenario
$$;
revoke all on procedure liuhen.recount_compliance() from public;
call liuhen.recount_compliance();

create index device_step_fault on liuhen.device_step (org_id, taken_at) where step = 'reportFault';
