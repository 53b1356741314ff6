-- What the nightly check of each log came to. No entry covers these rows: a log that refuses entries must still be able to say why.
-- `org_id` sees the row; `log` is the log that was looked at (of a log that no organisation owns, the system sees it).
create table liuhen.log_check (
    id         uuid   primary key,
    org_id     uuid   not null,
    log        uuid   not null,
    -- The day in Shanghai for which it was made.
    night      text   not null,
    state      text   not null check (state in ('running', 'sound', 'wrong', 'unfinished')),
    -- How often it was begun: a server that ended in the middle begins it again.
    attempt    int    not null check (attempt > 0),
    -- How many requests there were when it was begun: more of them ask for another. Counted, since a clock may be put back.
    requests   int    not null,
    started_at bigint not null,
    ended_at   bigint,
    -- While it runs how far it is, then what it looked at.
    read       bigint not null default 0,
    size       bigint not null default 0,
    row_count  bigint not null default 0,
    signatures bigint not null default 0,
    -- Which part of the signatures of old entries is next.
    sign_next  bigint not null default 0,
    findings   int    not null default 0,
    -- SHA-256 over what the findings are about: the same findings have the same one, night after night.
    digest     text,
    reason     text check (reason in ('check.interrupted', 'check.memory', 'check.database', 'check.failed')),
    check ((state = 'running') = (ended_at is null)),
    check ((state = 'unfinished') = (reason is not null)),
    check ((state = 'wrong') = (digest is not null))
);
create index log_check_started on liuhen.log_check (org_id, started_at desc, id desc);
create index log_check_log on liuhen.log_check (org_id, log, started_at desc);
call liuhen.protect_operational('log_check');

create table liuhen.log_check_finding (
    org_id     uuid not null,
    check_id   uuid not null references liuhen.log_check (id),
    place      int  not null check (place > 0),
    code       text not null,
    idx        bigint,
    table_name text,
    row_id     uuid,
    params     text not null,
    primary key (check_id, place)
);
call liuhen.protect_operational('log_check_finding');

-- Somebody wants a log checked now.
create table liuhen.log_check_request (
    id         uuid   primary key,
    org_id     uuid   not null,
    version    int    not null,
    command_id uuid   not null,
    asked_by   uuid   not null references liuhen.person (id),
    asked_at   bigint not null
);
create index log_check_request_asked on liuhen.log_check_request (org_id, asked_at desc);
call liuhen.protect('log_check_request');

-- What somebody says of findings. An answer is about these findings: others ask anew.
create table liuhen.log_check_answer (
    id          uuid   primary key,
    org_id      uuid   not null,
    version     int    not null,
    command_id  uuid   not null,
    check_id    uuid   not null,
    log         uuid   not null,
    digest      text   not null,
    findings    int    not null,
    reason      text   not null check (length(reason) between 1 and 2000),
    answered_by uuid   not null references liuhen.person (id),
    answered_at bigint not null
);
create index log_check_answer_digest on liuhen.log_check_answer (org_id, log, digest);
call liuhen.protect('log_check_answer');

-- The check runs beside the server with the application's rights. Tells ids only.
grant execute on function ledger.known_orgs to liuhen_app;
