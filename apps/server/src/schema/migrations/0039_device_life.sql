-- A device goes from hand to hand and from state to state: every step is kept with who took it and why.
alter table liuhen.device
    drop constraint device_state_check,
    add constraint device_state_check check (state in ('inService', 'faulty', 'inRepair', 'lost', 'retired'));

create table liuhen.device_step (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    device_id  uuid not null references liuhen.device (id),
    step       text not null check (step in ('reportFault', 'clearFault', 'sendToRepair', 'backFromRepair', 'reportLost', 'find', 'retire', 'bringBack')),
    from_state text not null,
    to_state   text not null,
    taken_by   uuid not null references liuhen.person (id),
    taken_at   bigint not null,
    note       text
);
create index device_step_device on liuhen.device_step (device_id, taken_at);
call liuhen.protect('device_step');

-- 附件1 第7条: before use. checked_at is when it was looked at, perhaps without network; noted_at when it was heard of here.
create table liuhen.device_check (
    id              uuid primary key,
    org_id          uuid not null,
    version         int  not null,
    command_id      uuid not null,
    device_id       uuid not null references liuhen.device (id),
    person_id       uuid not null references liuhen.person (id),
    place           text not null check (place in ('phone', 'dock')),
    checked_at      bigint not null,
    noted_at        bigint not null,
    no_fault        boolean not null,
    time_right      boolean not null,
    battery_enough  boolean not null,
    space_enough    boolean not null,
    battery_percent int check (battery_percent between 0 and 100),
    -- Whose hands the register says it was in then; null: nobody's.
    holder_id       uuid references liuhen.person (id),
    note            text
);
create index device_check_device on liuhen.device_check (device_id, checked_at desc);
create index device_check_person on liuhen.device_check (person_id, checked_at desc);
create index device_check_day on liuhen.device_check (org_id, checked_at desc);
call liuhen.protect('device_check');

-- null basis: personal, as every issue was before.
alter table liuhen.device_issue
    add column basis text check (basis in ('personal', 'shift', 'spare')),
    add column due_back_at bigint,
    add column for_device_id uuid references liuhen.device (id),
    add constraint device_issue_spare check (for_device_id is null or basis = 'spare');

-- What is stated of a model (附件2, 供参考), each figure with where it is from: [{key, value, source, detail}].
create table liuhen.device_model (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    kind       text not null check (kind in ('recorder', 'roomCamera', 'mobileTerminal')),
    name       text not null,
    maker      text,
    figures    jsonb not null,
    constraint device_model_name unique (org_id, name)
);
call liuhen.protect('device_model');

-- 音像记录场所 (正文二(二)3), and which camera looks into which from when to when.
create table liuhen.recording_room (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    kind       text not null check (kind in ('interview', 'defence', 'hearing', 'meeting', 'complaint', 'other')),
    name       text not null,
    place      text,
    closed_at  bigint,
    constraint recording_room_name unique (org_id, name)
);
call liuhen.protect('recording_room');

create table liuhen.room_camera (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    room_id    uuid not null references liuhen.recording_room (id),
    device_id  uuid not null references liuhen.device (id),
    view       text,
    from_at    bigint not null,
    until_at   bigint,
    check (from_at < until_at)
);
create unique index room_camera_open on liuhen.room_camera (device_id) where until_at is null;
create index room_camera_room on liuhen.room_camera (room_id, from_at);
call liuhen.protect('room_camera');
