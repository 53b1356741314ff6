-- Retrieval as evidence (附件1 第20条): who asks for which recordings and why, and what the head of the institution said. What it holds is
-- fixed when it is asked for, so that the consent is about something definite. Nothing of it is changed later but its state.
create table liuhen.retrieval (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    number        text not null,
    source        text not null check (source in ('act', 'case', 'recordings')),
    act_id        uuid references liuhen.act (id),
    case_id       uuid references liuhen."case" (id),
    purpose       text not null check (purpose in ('penalty', 'coercion', 'reconsideration', 'litigation', 'criminal', 'supervision', 'other')),
    proceeding    text not null,
    basis         text not null,
    recipient     text not null,
    reason        text not null,
    state         text not null check (state in ('requested', 'consented', 'refused', 'withdrawn')),
    requested_by  uuid not null references liuhen.person (id),
    requested_at  bigint not null,
    decided_by    uuid references liuhen.person (id),
    decided_at    bigint,
    decided_note  text,
    withdrawn_by  uuid references liuhen.person (id),
    withdrawn_at  bigint,
    withdrawn_why text,
    search_text   text not null,
    constraint retrieval_number unique (org_id, number),
    -- The person counts, not the account: nobody consents to a request of their own.
    constraint retrieval_by_another check (decided_by is null or decided_by <> requested_by),
    check ((source = 'act') = (act_id is not null) and (source = 'case') = (case_id is not null)),
    check ((decided_at is null) = (decided_by is null)),
    check (state not in ('consented', 'refused') or decided_at is not null),
    check (state <> 'refused' or decided_note is not null),
    check ((state = 'withdrawn') = (withdrawn_at is not null)),
    check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
create index retrieval_requested on liuhen.retrieval (org_id, requested_at desc, id desc);
create index retrieval_waiting on liuhen.retrieval (org_id) where state = 'requested';
create index retrieval_act on liuhen.retrieval (act_id) where act_id is not null;
create index retrieval_case on liuhen.retrieval (case_id) where case_id is not null;
call liuhen.protect('retrieval');

create table liuhen.retrieval_item (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    retrieval_id uuid not null references liuhen.retrieval (id),
    place        int  not null check (place > 0),
    recording_id uuid not null references liuhen.recording (id),
    constraint retrieval_item_once unique (retrieval_id, recording_id)
);
create index retrieval_item_recording on liuhen.retrieval_item (recording_id);
call liuhen.protect('retrieval_item');

alter table liuhen.register_counter drop constraint register_counter_register_check;
alter table liuhen.register_counter add constraint register_counter_register_check
    check (register in ('complaint', 'task', 'draw', 'inspection', 'retrieval'));
