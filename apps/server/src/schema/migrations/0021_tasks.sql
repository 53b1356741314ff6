-- Tasks: inspect this party by these people until this day; where they come from: lists, plan, draw, complaints, follow-up.
create table liuhen.task (
    id              uuid primary key,
    org_id          uuid not null,
    version         int  not null,
    command_id      uuid not null,
    number          text not null,
    origin          text not null check (origin in ('nationalPlatform', 'cityPlatform', 'ownPlan', 'doubleRandom', 'complaint', 'followUp', 'licenceReview')),
    -- Of the list it came with; what came once is not made twice.
    external_id     text,
    source          text,
    title           text not null,
    scenario        text not null,
    party_id        uuid references liuhen.party (id),
    premises_id     uuid references liuhen.premises (id),
    place           text,
    due_day         text not null check (due_day ~ '^\d{4}-\d\d-\d\d$'),
    state           text not null check (state in ('open', 'assigned', 'started', 'done', 'returned')),
    note            text,
    plan_item_id    uuid,
    draw_id         uuid,
    complaint_id    uuid references liuhen.complaint (id),
    -- 复查: of which act, and the document that set the term.
    after_act_id    uuid references liuhen.act (id),
    after_document_id uuid,
    created_at      bigint not null,
    assigned_at     bigint,
    started_at      bigint,
    ended_at        bigint,
    result          text check (result in ('nothingFound', 'orderedToCorrect', 'suspectedBreach', 'couldNotInspect')),
    result_note     text,
    return_reason   text,
    search_text     text not null,
    constraint task_number unique (org_id, number),
    check (party_id is not null or place is not null),
    check (premises_id is null or party_id is not null)
);
create unique index task_external on liuhen.task (org_id, origin, external_id) where external_id is not null;
create index task_due on liuhen.task (org_id, due_day, id);
create index task_pending on liuhen.task (org_id, due_day, id) where state in ('open', 'assigned', 'started');
create index task_party on liuhen.task (party_id, due_day) where party_id is not null;
create index task_draw on liuhen.task (draw_id) where draw_id is not null;
create index task_plan_item on liuhen.task (plan_item_id) where plan_item_id is not null;
create index task_complaint on liuhen.task (complaint_id) where complaint_id is not null;
call liuhen.protect('task');

create table liuhen.task_officer (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    task_id    uuid not null references liuhen.task (id),
    person_id  uuid not null references liuhen.person (id),
    removed_at bigint
);
create unique index task_officer_once on liuhen.task_officer (task_id, person_id) where removed_at is null;
create index task_officer_person on liuhen.task_officer (person_id, task_id) where removed_at is null;
call liuhen.protect('task_officer');

create table liuhen.task_act (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    task_id    uuid not null references liuhen.task (id),
    act_id     uuid not null references liuhen.act (id),
    constraint task_act_once unique (act_id)
);
create index task_act_task on liuhen.task_act (task_id);
call liuhen.protect('task_act');

-- A list as it came. Its rows stay, whatever became of them.
create table liuhen.task_import (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    origin      text not null check (origin in ('nationalPlatform', 'cityPlatform')),
    source      text not null,
    file_name   text,
    due_day     text check (due_day ~ '^\d{4}-\d\d-\d\d$'),
    row_count   int  not null check (row_count > 0),
    received_by uuid not null references liuhen.person (id),
    received_at bigint not null
);
create index task_import_received on liuhen.task_import (org_id, received_at desc, id desc);
call liuhen.protect('task_import');

create table liuhen.task_import_row (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    import_id   uuid not null references liuhen.task_import (id),
    place       int  not null check (place > 0),
    -- As it stood in the list, text by text.
    given       jsonb not null,
    state       text not null check (state in ('matched', 'proposed', 'unmatched', 'faulty', 'known', 'changed', 'applied', 'skipped')),
    faults      text[] not null default '{}',
    external_id text,
    due_day     text,
    scenario    text,
    party_id    uuid references liuhen.party (id),
    task_id     uuid references liuhen.task (id),
    skip_reason text,
    constraint task_import_row_place unique (import_id, place)
);
create index task_import_row_waiting on liuhen.task_import_row (org_id, state) where state in ('matched', 'proposed', 'unmatched', 'changed');
call liuhen.protect('task_import_row');

create table liuhen.inspection_plan (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    year          int  not null,
    title         text not null,
    items         jsonb not null,
    state         text not null check (state in ('draft', 'submitted', 'approved', 'published', 'withdrawn')),
    drafted_by    uuid not null references liuhen.person (id),
    submitted_by  uuid references liuhen.person (id),
    approved_by   uuid references liuhen.person (id),
    approved_at   bigint,
    published_day text check (published_day ~ '^\d{4}-\d\d-\d\d$'),
    published_at_place text,
    reason        text
);
create index inspection_plan_year on liuhen.inspection_plan (org_id, year desc, id desc);
call liuhen.protect('inspection_plan');

-- Who keeps away from whom: one party, or every place whose address contains a text (an officer's own area).
create table liuhen.officer_avoidance (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    person_id   uuid not null references liuhen.person (id),
    party_id    uuid references liuhen.party (id),
    area        text,
    reason      text not null check (reason in ('declared', 'area')),
    declared_at bigint not null,
    ended_at    bigint,
    check ((reason = 'declared') = (party_id is not null)),
    check ((reason = 'area') = (area is not null))
);
create index officer_avoidance_open on liuhen.officer_avoidance (org_id, person_id) where ended_at is null;
call liuhen.protect('officer_avoidance');

-- A draw: lists and commitment first, secret and result later. The secret is sealed until it is revealed.
create table liuhen.draw (
    id                uuid primary key,
    org_id            uuid not null,
    version           int  not null,
    command_id        uuid not null,
    number            text not null,
    title             text not null,
    year              int  not null,
    plan_item_id      uuid,
    due_day           text not null check (due_day ~ '^\d{4}-\d\d-\d\d$'),
    state             text not null check (state in ('committed', 'revealed', 'abandoned')),
    -- Canonical text, never jsonb: its digest is published.
    lists             text not null,
    lists_digest      text not null,
    commitment        text not null,
    sealed_secret     bytea,
    secret            text,
    public_value_is   text,
    public_value_from bigint,
    public_value      text,
    result            text,
    earlier           text[] not null default '{}',
    redraw_reason     text,
    abandon_reason    text,
    committed_by      uuid not null references liuhen.person (id),
    committed_at      bigint not null,
    ended_by          uuid references liuhen.person (id),
    ended_at          bigint,
    constraint draw_number unique (org_id, number),
    check ((state = 'revealed') = (secret is not null and result is not null)),
    check ((state = 'committed') = (sealed_secret is not null))
);
create index draw_committed on liuhen.draw (org_id, committed_at desc, id desc);
call liuhen.protect('draw');

-- An account with which another system hands in lists, and can do nothing else.
alter table liuhen.role_grant drop constraint role_known;
alter table liuhen.role_grant add constraint role_known check (role in ('officer', 'assistant', 'recordingManager', 'sectionHead',
    'legalReviewer', 'instituteHead', 'agencyHead', 'sealKeeper', 'archivist', 'inspector', 'dataFeed', 'systemAdmin', 'securityAdmin', 'auditAdmin'));
