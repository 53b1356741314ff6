-- Progress of uploads. Operational: the facts (registered, quarantined, expired) are entries of the log.
-- `metadata`: {"header": the raw Upload-Metadata}. `result`: {"sha256","sm3","chunkRoot","key"} once the bytes are hashed.
create schema if not exists liuhen;
create table if not exists liuhen.upload (
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
create index if not exists upload_open on liuhen.upload (expires_at) where state in ('receiving', 'sealing');
