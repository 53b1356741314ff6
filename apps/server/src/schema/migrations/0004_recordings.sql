-- A blob is content by its digests; copies say where its bytes are. Scoped by organisation: equal bytes of two
-- organisations are two blobs, so that none can ask what another holds.
create table liuhen.blob (
    id            uuid primary key,
    org_id        uuid not null references liuhen.organisation (id),
    version       int  not null,
    command_id    uuid not null,
    sha256        bytea not null check (octet_length(sha256) = 32),
    sm3           bytea not null check (octet_length(sm3) = 32),
    size          numeric(20, 0) not null check (size >= 0),
    chunk_root    bytea not null check (octet_length(chunk_root) = 32),
    -- SHA-256 of each 4 MiB chunk, one after the other.
    chunk_digests bytea not null check (octet_length(chunk_digests) % 32 = 0),
    constraint blob_content unique (org_id, sha256, size)
);
call liuhen.protect('blob');

create table liuhen.blob_copy (
    id          uuid primary key,
    org_id      uuid not null references liuhen.organisation (id),
    version     int  not null,
    command_id  uuid not null,
    blob_id     uuid not null references liuhen.blob (id),
    store       text not null,
    key         text not null,
    encoding    text not null check (encoding in ('plain')),
    key_id      text,
    state       text not null check (state in ('stored', 'verified', 'damaged')),
    verified_at bigint,
    constraint blob_copy_place unique (store, key, blob_id)
);
create index blob_copy_blob on liuhen.blob_copy (blob_id);
call liuhen.protect('blob_copy');

create table liuhen.recording (
    id                  uuid primary key,
    org_id              uuid not null references liuhen.organisation (id),
    version             int  not null,
    command_id          uuid not null,
    blob_id             uuid not null references liuhen.blob (id),
    role                text not null check (role in ('original', 'derived')),
    parent_id           uuid references liuhen.recording (id),
    recipe              text,
    state               text not null check (state in ('registered', 'sealed', 'quarantined', 'damaged')),
    source              text not null check (source in ('recorder', 'stationCopy', 'room', 'phone', 'upload')),
    upload_id           uuid unique,
    -- File names are hostile bytes; the display name is NFC.
    original_name       bytea not null,
    display_name        text not null,
    device_id           uuid references liuhen.device (id),
    person_id           uuid references liuhen.person (id),
    uploaded_by         uuid not null references liuhen.person (id),
    received_at         bigint not null,
    declared_sha256     bytea,
    -- Device time is never overwritten: the raw text with its assumed zone, and the instant read from it.
    device_time_text    text,
    device_time_zone    text,
    device_time_basis   text not null check (device_time_basis in ('fileName', 'container', 'stated', 'unknown')),
    device_time_conflict text,
    device_start        bigint,
    device_end          bigint,
    inspection          jsonb,
    inspected_at        bigint,
    act_id              uuid references liuhen.act (id),
    search_text         text not null,
    check ((role = 'derived') = (parent_id is not null)),
    -- A file cut off may say when it began and not how long it ran.
    check (device_end is null or device_start < device_end)
);
create index recording_by_received on liuhen.recording (org_id, received_at desc, id desc);
create index recording_by_act on liuhen.recording (act_id) where act_id is not null;
create index recording_by_device on liuhen.recording (device_id, device_start);
create index recording_by_person on liuhen.recording (person_id, device_start);
create index recording_by_blob on liuhen.recording (blob_id);
create index recording_search on liuhen.recording using gin (search_text gin_trgm_ops);
-- The same bytes handed in again by the same person are one item; by another person, another item on the same blob.
create unique index recording_once on liuhen.recording (org_id, blob_id, uploaded_by) where role = 'original' and state <> 'quarantined';
call liuhen.protect('recording');

-- A recording may have several intervals (pauses inside one file). Media positions are ticks with a timescale.
create table liuhen.recording_interval (
    id           uuid primary key,
    org_id       uuid not null references liuhen.organisation (id),
    version      int  not null,
    command_id   uuid not null,
    recording_id uuid not null references liuhen.recording (id),
    media_start  bigint not null,
    media_end    bigint not null,
    timescale    int not null check (timescale > 0),
    device_start bigint not null,
    device_end   bigint not null,
    check (media_start < media_end and device_start < device_end)
);
create index recording_interval_recording on liuhen.recording_interval (recording_id);
call liuhen.protect('recording_interval');

create table liuhen.viewing (
    id           uuid primary key,
    org_id       uuid not null references liuhen.organisation (id),
    version      int  not null,
    command_id   uuid not null,
    recording_id uuid not null references liuhen.recording (id),
    person_id    uuid not null references liuhen.person (id),
    purpose      text not null,
    opened_at    bigint not null,
    until        bigint not null,
    closed_at    bigint,
    played       jsonb
);
create index viewing_recording on liuhen.viewing (recording_id);
create index viewing_open on liuhen.viewing (until) where closed_at is null;
call liuhen.protect('viewing');

-- Progress of uploads: operational, since the facts (started, registered, quarantined, expired) are entries.
create table liuhen.upload (
    id             uuid primary key,
    org_id         uuid not null,
    person_id      uuid not null,
    length         numeric(20, 0) not null check (length >= 0),
    durable_offset numeric(20, 0) not null default 0,
    metadata       jsonb not null,
    state          text not null check (state in ('receiving', 'sealing', 'sealed', 'quarantined', 'terminated', 'expired')),
    created_at     bigint not null,
    expires_at     bigint not null,
    recording_id   uuid,
    result         jsonb
);
create index upload_open on liuhen.upload (expires_at) where state in ('receiving', 'sealing');
call liuhen.protect_operational('upload');
