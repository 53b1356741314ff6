-- 稽查考核: campaigns whose sample is fixed before their period ends, the sheets of what was drawn, and what follows from them.
create table liuhen.inspection (
    id                uuid primary key,
    org_id            uuid not null,
    version           int  not null,
    command_id        uuid not null,
    number            text not null,
    title             text not null,
    state             text not null check (state in ('draft', 'committed', 'drawn', 'ended', 'abandoned')),
    period_from       bigint not null,
    period_to         bigint not null,
    -- Canonical text, never jsonb: their digests are published.
    rules             text not null,
    frame             text,
    result            text,
    -- Of the frame when it was frozen; never published with it.
    unrecorded        uuid[],
    secret_acts       uuid[],
    scheme            jsonb not null,
    reviewers         uuid[] not null,
    -- Whose acts are looked at: who of them reads the campaign.
    inspected         uuid[] not null,
    -- The unit's own term for objections, in days after a review is finished; null: none.
    appeal_days       int check (appeal_days > 0),
    commitment        text,
    rules_digest      text,
    frame_digest      text,
    -- Sealed until the sample is drawn.
    sealed_secret     bytea,
    secret            text,
    public_value_from bigint,
    public_value      text,
    drafted_by        uuid not null references liuhen.person (id),
    drafted_at        bigint not null,
    committed_by      uuid references liuhen.person (id),
    committed_at      bigint,
    drawn_by          uuid references liuhen.person (id),
    drawn_at          bigint,
    ended_by          uuid references liuhen.person (id),
    ended_at          bigint,
    abandon_reason    text,
    constraint inspection_number unique (org_id, number),
    check (period_from < period_to),
    check ((state = 'committed') = (sealed_secret is not null)),
    check (state not in ('drawn', 'ended') or (secret is not null and frame is not null and result is not null))
);
create index inspection_drafted on liuhen.inspection (org_id, drafted_at desc, id desc);
call liuhen.protect('inspection');

-- One for each act drawn. Nothing leaves the sample: what is not reviewed is skipped, with a reason.
create table liuhen.inspection_sheet (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    inspection_id uuid not null references liuhen.inspection (id),
    place         int  not null check (place > 0),
    act_id        uuid not null,
    act_number    text not null,
    act_org_id    uuid not null,
    scenario      text not null,
    stratum       text not null,
    -- Of an act that is secret nothing but its number, kind and state is kept here (附件1 第12条).
    secret_act    boolean not null,
    -- The officers of the act when it was drawn, whose scores it counts in; none of a secret act.
    officers      jsonb not null,
    reviewer_id   uuid references liuhen.person (id),
    state         text not null check (state in ('open', 'finished', 'skipped')),
    answers       jsonb not null,
    remark        text,
    skip_reason   text,
    closed_by     uuid references liuhen.person (id),
    closed_at     bigint,
    constraint inspection_sheet_place unique (inspection_id, place),
    constraint inspection_sheet_act unique (inspection_id, act_id),
    check ((state = 'open') = (closed_at is null)),
    check ((state = 'skipped') = (skip_reason is not null))
);
create index inspection_sheet_reviewer on liuhen.inspection_sheet (reviewer_id) where state = 'open';
call liuhen.protect('inspection_sheet');

create table liuhen.inspection_rectification (
    id             uuid primary key,
    org_id         uuid not null,
    version        int  not null,
    command_id     uuid not null,
    inspection_id  uuid not null references liuhen.inspection (id),
    sheet_id       uuid not null references liuhen.inspection_sheet (id),
    words          text not null,
    -- Null: the organisation, by one of its heads.
    responsible_id uuid,
    due_day        text not null check (due_day ~ '^\d{4}-\d\d-\d\d$'),
    state          text not null check (state in ('open', 'answered', 'done')),
    ordered_by     uuid not null references liuhen.person (id),
    ordered_at     bigint not null,
    answer         text,
    answered_by    uuid,
    answered_at    bigint,
    check_words    text,
    checked_by     uuid references liuhen.person (id),
    checked_at     bigint,
    check (state = 'open' or answered_by is not null)
);
create index inspection_rectification_sheet on liuhen.inspection_rectification (sheet_id);
create index inspection_rectification_open on liuhen.inspection_rectification (inspection_id) where state <> 'done';
call liuhen.protect('inspection_rectification');

create table liuhen.inspection_appeal (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    inspection_id uuid not null references liuhen.inspection (id),
    sheet_id      uuid not null references liuhen.inspection_sheet (id),
    items         text[] not null,
    words         text not null,
    state         text not null check (state in ('waiting', 'upheld', 'refused')),
    appealed_by   uuid not null,
    appealed_at   bigint not null,
    -- Points of the items objected to, as they count from the decision on.
    points        jsonb not null,
    decision      text,
    decided_by    uuid references liuhen.person (id),
    decided_at    bigint,
    check ((state = 'waiting') = (decided_by is null))
);
create unique index inspection_appeal_waiting on liuhen.inspection_appeal (sheet_id) where state = 'waiting';
create index inspection_appeal_sheet on liuhen.inspection_appeal (sheet_id);
call liuhen.protect('inspection_appeal');

alter table liuhen.register_counter drop constraint register_counter_register_check;
alter table liuhen.register_counter add constraint register_counter_register_check check (register in ('complaint', 'task', 'draw', 'inspection'));
