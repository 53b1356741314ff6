-- Trainings and who attended them (正文四(一), 附件1 第4条, 附件3 第4条). What was entered wrongly is ended, never changed.
create table liuhen.training (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    title         text not null,
    topics        text[] not null check (cardinality(topics) > 0 and topics <@ array['wholeProcess', 'recorder', 'archive']),
    from_day      text not null check (from_day ~ '^\d{4}-\d\d-\d\d$'),
    to_day        text not null check (to_day ~ '^\d{4}-\d\d-\d\d$'),
    minutes       int  not null check (minutes > 0),
    trainer       text not null,
    note          text,
    recorded_by   uuid not null references liuhen.person (id),
    recorded_at   bigint not null,
    cancelled_at  bigint,
    cancelled_by  uuid references liuhen.person (id),
    cancelled_why text,
    search_text   text not null,
    check (from_day <= to_day),
    check ((cancelled_at is null) = (cancelled_by is null) and (cancelled_at is null) = (cancelled_why is null))
);
create index training_days on liuhen.training (org_id, from_day desc, id desc);
call liuhen.protect('training');

create table liuhen.training_attendance (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    training_id uuid not null references liuhen.training (id),
    person_id   uuid not null references liuhen.person (id),
    result      text not null check (result in ('passed', 'failed', 'notTested')),
    tested_day  text check (tested_day ~ '^\d{4}-\d\d-\d\d$'),
    score       text,
    recorded_by uuid not null references liuhen.person (id),
    recorded_at bigint not null,
    removed_at  bigint,
    removed_by  uuid references liuhen.person (id),
    removed_why text,
    check ((tested_day is null) = (result = 'notTested')),
    check ((removed_at is null) = (removed_by is null) and (removed_at is null) = (removed_why is null))
);
create unique index training_attendance_once on liuhen.training_attendance (training_id, person_id) where removed_at is null;
create index training_attendance_person on liuhen.training_attendance (person_id) where removed_at is null;
call liuhen.protect('training_attendance');
