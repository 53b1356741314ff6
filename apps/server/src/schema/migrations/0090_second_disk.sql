-- How far each log is on the second disk, and what keeps it from more or differs there. It follows from the disk at any time; kept here so
-- that a disk that lost what it held is told from a new one.
create table liuhen.second_disk (
    org_id uuid   primary key,
    -- Under which name the log was written last.
    origin text,
    size   bigint not null default 0,
    at     bigint,
    code   text,
    params text,
    since  bigint,
    check ((code is null) = (params is null) and (code is null) = (since is null))
);
call liuhen.protect_operational('second_disk');
