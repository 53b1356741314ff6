-- A change of a parameter is proposed by one person and approved or refused by another. Only what was approved becomes a decision.
create table liuhen.parameter_proposal (
    id             uuid primary key,
    org_id         uuid not null,
    version        int  not null,
    command_id     uuid not null,
    key            text not null,
    value          jsonb not null,
    standing       text not null check (standing in ('verified', 'verify', 'own')),
    basis          text not null,
    -- The first day on which it is to count; null: from the moment of its approval.
    from_day       text check (liuhen.is_day(from_day)),
    reason         text not null,
    -- The decision that was in force at its day when it was proposed; null: what came with the software.
    replaces_id    uuid references liuhen.parameter (id),
    state          text not null check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
    proposed_by    uuid not null references liuhen.person (id),
    proposed_at    bigint not null,
    -- Whoever ended the waiting, and of which organisation they were: one above it decides where nobody else within could.
    decided_by     uuid references liuhen.person (id),
    decided_org_id uuid references liuhen.organisation (id),
    decided_at     bigint,
    decided_why    text,
    -- The person counts, not the account or the role: nobody approves or refuses what they proposed.
    constraint parameter_by_another check (state not in ('approved', 'refused') or decided_by <> proposed_by),
    check ((state = 'waiting') = (decided_at is null)),
    check ((decided_at is null) = (decided_by is null) and (decided_at is null) = (decided_org_id is null)),
    check (state not in ('refused', 'withdrawn') or decided_why is not null)
);
create index parameter_proposal_key on liuhen.parameter_proposal (org_id, key, proposed_at desc);
create index parameter_proposal_waiting on liuhen.parameter_proposal (org_id) where state = 'waiting';
call liuhen.protect('parameter_proposal');

-- What was entered before approval was asked for names no proposal and keeps its standing; whatever comes now names the one approved.
alter table liuhen.parameter
    add column proposal_id uuid references liuhen.parameter_proposal (id),
    add constraint parameter_approved check (proposal_id is not null) not valid,
    add constraint parameter_once unique (proposal_id);
