-- Where a program for speech recognition heard the words of 附件1 第8、9条: places to listen to, which a person confirms or rejects.
create table liuhen.listening (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    recording_id uuid not null unique references liuhen.recording (id),
    state        text not null check (state in ('asked', 'done', 'noSound', 'programMissing', 'failed')),
    -- What the program calls itself; null before one has listened.
    program      text,
    -- The bytes that were listened to.
    from_sha256  bytea,
    at           bigint not null,
    check (state <> 'done' or (program is not null and from_sha256 is not null))
);
call liuhen.protect('listening');

create table liuhen.heard_place (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    recording_id uuid not null references liuhen.recording (id),
    kind         text not null check (kind in ('opening', 'closing')),
    -- Where in the original, ms.
    media_ms     bigint not null check (media_ms >= 0),
    -- What the program wrote down there.
    words        text not null,
    state        text not null check (state in ('waiting', 'confirmed', 'rejected')),
    decided_by   uuid references liuhen.person (id),
    decided_at   bigint,
    -- The mark that a confirmation made.
    mark_id      uuid references liuhen.recording_mark (id),
    check ((state = 'waiting') = (decided_by is null) and (decided_by is null) = (decided_at is null)),
    check ((state = 'confirmed') = (mark_id is not null))
);
create unique index heard_place_recording on liuhen.heard_place (recording_id, kind, media_ms);
call liuhen.protect('heard_place');
