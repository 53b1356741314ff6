-- How far the reading of everything that is stored has got, by organisation and store. What a round found is in the log.
create table liuhen.scrub_round (
    id          uuid primary key,
    org_id      uuid not null,
    store       text not null,
    began_at    bigint not null,
    ended_at    bigint,
    -- What there was to read when the round began, bytes.
    total       numeric(20, 0) not null,
    done        numeric(20, 0) not null default 0,
    objects     int not null default 0,
    damaged     int not null default 0,
    repaired    int not null default 0,
    -- Content is read in the order of its ids.
    last_blob   uuid,
    constraint scrub_round_of unique (org_id, store)
);
call liuhen.protect_operational('scrub_round');
