-- What people confirm because software cannot know it: a clause of the notice, from a day on, with what it rests on. A confirmation
-- is never changed: a later one stands beside it, and one that was wrong is taken back.
create table liuhen.attestation (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    clause        text not null,
    from_day      text not null check (from_day ~ '^\d{4}-\d\d-\d\d$'),
    -- Last day on which it holds, by the term that was in force when it was confirmed.
    until_day     text not null check (until_day ~ '^\d{4}-\d\d-\d\d$'),
    paper         text not null,
    paper_number  text,
    paper_day     text check (paper_day ~ '^\d{4}-\d\d-\d\d$'),
    note          text,
    confirmed_by  uuid not null references liuhen.person (id),
    confirmed_at  bigint not null,
    withdrawn_at  bigint,
    withdrawn_by  uuid references liuhen.person (id),
    withdrawn_why text,
    check (from_day <= until_day),
    check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
create index attestation_clause on liuhen.attestation (org_id, clause, until_day desc);
call liuhen.protect('attestation');

-- What followed when a violation of the notice was confirmed (正文三(四), 附件1 第21条). What was wrong is ended by a later entry:
-- replaced by another row, or taken back.
create table liuhen.outcome (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    clause       text not null,
    -- Null: the organisation itself.
    person_id    uuid references liuhen.person (id),
    happened_day text not null check (happened_day ~ '^\d{4}-\d\d-\d\d$'),
    facts        text not null,
    act_id       uuid references liuhen.act (id),
    kind         text not null check (kind in ('instruction', 'accountability', 'sanction')),
    measure      text,
    decided_by   text not null,
    decided_day  text not null check (decided_day ~ '^\d{4}-\d\d-\d\d$'),
    paper_number text,
    replaces     uuid references liuhen.outcome (id),
    recorded_by  uuid not null references liuhen.person (id),
    recorded_at  bigint not null,
    ended_as     text check (ended_as in ('replaced', 'withdrawn')),
    ended_at     bigint,
    ended_by     uuid references liuhen.person (id),
    ended_why    text,
    search_text  text not null,
    check (happened_day <= decided_day),
    check ((ended_at is null) = (ended_as is null) and (ended_at is null) = (ended_by is null) and (ended_at is null) = (ended_why is null))
);
create index outcome_decided on liuhen.outcome (org_id, decided_day desc, id desc);
create index outcome_person on liuhen.outcome (person_id) where person_id is not null;
create unique index outcome_replaces on liuhen.outcome (replaces) where replaces is not null;
call liuhen.protect('outcome');
