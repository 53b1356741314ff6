-- Where each docked file lay and how its name was read there. What nobody can say yet stands in ask_*; once it is said it is null.
create table liuhen.dock_item (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    recording_id uuid not null references liuhen.recording (id),
    -- Digest of volume, path, size and time: the same file in the same place is one item, however often it is docked.
    place        bytea not null check (octet_length(place) = 32),
    -- As the agent found it (domain: DockFacts); never changed.
    facts        jsonb not null,
    docked_at    bigint not null,
    ask_device   text,
    ask_officer  text,
    ask_volume   text,
    ask_profile  text,
    -- Set once the satellites' time beside a recording was made a reading of the clock, or proved to be none.
    clock_done_at bigint,
    erased_at    bigint,
    constraint dock_item_place unique (recording_id, place)
);
create index dock_item_asked on liuhen.dock_item (org_id, docked_at desc)
    where ask_device is not null or ask_officer is not null or ask_volume is not null or ask_profile is not null;
create index dock_item_clock on liuhen.dock_item (org_id) where facts ? 'positions' and clock_done_at is null;
call liuhen.protect('dock_item');

-- What a number as recorders write it stands for: a device of the register, a person, or nobody (a number set at the factory).
create table liuhen.dock_alias (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    kind       text not null check (kind in ('device', 'officer', 'volume')),
    text       text not null,
    device_id  uuid references liuhen.device (id),
    person_id  uuid references liuhen.person (id),
    made_at    bigint not null,
    made_by    uuid not null references liuhen.person (id),
    ended_at   bigint,
    check ((kind = 'officer') = (device_id is null)),
    check (person_id is null or kind = 'officer')
);
create unique index dock_alias_text on liuhen.dock_alias (org_id, kind, text) where ended_at is null;
call liuhen.protect('dock_alias');

-- The same bytes from two recorders are two recordings: an empty file, a test picture.
drop index liuhen.recording_once;
create unique index recording_once on liuhen.recording
    (org_id, blob_id, uploaded_by, coalesce(device_id, '00000000-0000-0000-0000-000000000000'))
    where role = 'original' and state <> 'quarantined';

-- The account of a docking computer: hands in files of recorders and hears of them, and can do nothing else.
alter table liuhen.role_grant drop constraint role_known;
alter table liuhen.role_grant add constraint role_known check (role in ('officer', 'assistant', 'recordingManager', 'sectionHead',
    'legalReviewer', 'instituteHead', 'agencyHead', 'sealKeeper', 'archivist', 'inspector', 'dataFeed', 'dockAgent',
    'systemAdmin', 'securityAdmin', 'auditAdmin'));
