-- A witness that said it has fewer entries of a log than it had cosigned before: it lost what it kept. Stands as long as its key is used.
create table liuhen.witness_lapse (
    org_id   uuid   not null,
    hash     text   not null,
    verifier text   not null,
    had      bigint not null,
    answered bigint not null,
    times    int    not null,
    since    bigint not null,
    at       bigint not null,
    primary key (org_id, hash, verifier)
);
call liuhen.protect_operational('witness_lapse');
