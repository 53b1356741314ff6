-- Why the clock of the server is not trusted, one row under the system's id. It stands over a new start.
create table liuhen.clock_alarm (
    org_id uuid   primary key,
    code   text   not null,
    params text   not null,
    since  bigint not null
);
call liuhen.protect_operational('clock_alarm');
