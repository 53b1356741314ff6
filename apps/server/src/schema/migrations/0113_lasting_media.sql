-- Media on which recordings are kept for long (附件1 第18条): what was written to what, by whom and when, and where it lies. One row is one
-- writing: so many copies, each of so many pieces. Nothing is removed: an entry that was wrong is taken back with a reason.
create table liuhen.medium (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    kind          text not null check (kind in ('cd', 'dvd', 'bd', 'disk', 'flash', 'card', 'tape')),
    label         text not null,
    pieces        int  not null check (pieces between 1 and 500),
    copies        int  not null check (copies between 1 and 20),
    -- For which act or case it was written; of chosen recordings a package may be for neither.
    act_id        uuid references liuhen.act (id),
    case_id       uuid references liuhen."case" (id),
    -- The package that is on it; null where recordings were chosen.
    retrieval_id  uuid references liuhen.retrieval (id),
    written_by    uuid not null references liuhen.person (id),
    written_at    bigint not null,
    kept_at       text not null,
    note          text,
    recorded_by   uuid not null references liuhen.person (id),
    recorded_at   bigint not null,
    withdrawn_at  bigint,
    withdrawn_by  uuid references liuhen.person (id),
    withdrawn_why text,
    check (num_nonnulls(act_id, case_id) <= 1 and num_nonnulls(act_id, case_id, retrieval_id) >= 1),
    check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
-- A medium is found by what is written on it.
create unique index medium_label on liuhen.medium (org_id, label) where withdrawn_at is null;
create index medium_act on liuhen.medium (act_id) where act_id is not null;
create index medium_case on liuhen.medium (case_id) where case_id is not null;
create index medium_retrieval on liuhen.medium (retrieval_id) where retrieval_id is not null;
call liuhen.protect('medium');

create table liuhen.medium_item (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    medium_id    uuid not null references liuhen.medium (id),
    place        int  not null check (place > 0),
    recording_id uuid not null references liuhen.recording (id),
    constraint medium_item_once unique (medium_id, recording_id)
);
create index medium_item_recording on liuhen.medium_item (recording_id);
call liuhen.protect('medium_item');

-- What a check of one copy gave. Damage says what was done about it.
create table liuhen.medium_check (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    medium_id     uuid not null references liuhen.medium (id),
    copy          int  not null check (copy between 1 and 20),
    result        text not null check (result in ('equal', 'readable', 'damaged')),
    done          text,
    checked_by    uuid not null references liuhen.person (id),
    checked_at    bigint not null,
    recorded_by   uuid not null references liuhen.person (id),
    recorded_at   bigint not null,
    withdrawn_at  bigint,
    withdrawn_by  uuid references liuhen.person (id),
    withdrawn_why text,
    check (result <> 'damaged' or done is not null),
    check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
create index medium_check_medium on liuhen.medium_check (medium_id);
call liuhen.protect('medium_check');
