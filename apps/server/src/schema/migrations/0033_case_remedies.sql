-- 行政复议, 行政诉讼 against what a case decided. Days, as the papers of those bodies bear them.
create table liuhen.case_remedy (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    case_id     uuid not null references liuhen."case" (id),
    kind        text not null check (kind in ('review', 'lawsuit')),
    -- 行政复议机关, 人民法院, and its number for it.
    authority   text not null,
    number      text,
    begun_on    text not null,
    -- Enforcement was suspended by that body or by the agency, with the reason (行政处罚法 第73条第1款: 法律另有规定的除外).
    suspended_why text,
    ended_on    text,
    result      text check (result in ('upheld', 'changed', 'annulled', 'illegal', 'void', 'withdrawn', 'notHeard', 'settled')),
    note        text,
    recorded_by uuid not null references liuhen.person (id),
    recorded_at bigint not null,
    check ((ended_on is null) = (result is null)),
    check (ended_on is null or begun_on <= ended_on)
);
create index case_remedy_case on liuhen.case_remedy (case_id);
call liuhen.protect('case_remedy');
