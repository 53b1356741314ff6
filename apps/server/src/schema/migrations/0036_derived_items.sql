-- What was made from an original, apart from originals: never listed, counted or judged among them.
create table liuhen.derived_item (
    id              uuid primary key,
    org_id          uuid not null,
    version         int  not null,
    command_id      uuid not null,
    recording_id    uuid not null references liuhen.recording (id),
    kind            text not null check (kind in ('repaired', 'playable', 'thumbnail', 'storyboard')),
    state           text not null check (state in ('made', 'failed', 'programMissing')),
    -- Digest of the very bytes it was made from.
    from_sha256     bytea not null check (octet_length(from_sha256) = 32),
    blob_id         uuid references liuhen.blob (id),
    media_type      text,
    -- By what it was made, so that it can be made again.
    program         text not null,
    program_version text,
    arguments       text[] not null,
    -- Length of a copy; columns, rows and steps of a storyboard.
    detail          jsonb not null,
    reason          text,
    made_at         bigint not null,
    constraint derived_item_kind unique (recording_id, kind),
    check ((state = 'made') = (blob_id is not null and media_type is not null)),
    check ((state = 'failed') = (reason is not null))
);
call liuhen.protect('derived_item');

-- A look at the pictures of several recordings at once (附件1 第19条): who, why, at which, until when.
create table liuhen.picture_look (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    person_id     uuid not null references liuhen.person (id),
    recording_ids uuid[] not null,
    purpose       text not null,
    opened_at     bigint not null,
    until         bigint not null
);
call liuhen.protect('picture_look');
