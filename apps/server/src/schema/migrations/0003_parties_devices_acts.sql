create table liuhen.party (
    id                   uuid primary key,
    org_id               uuid not null references liuhen.organisation (id),
    version              int  not null,
    command_id           uuid not null,
    name                 text not null,
    kind                 text not null check (kind in ('organisation', 'soleTrader', 'naturalPerson')),
    credit_code          text,
    legal_representative text,
    phone                text,
    address              text,
    state                text not null check (state in ('active', 'closed')),
    search_text          text not null,
    constraint party_credit_code unique (org_id, credit_code)
);
create index party_by_name on liuhen.party (org_id, name collate "zh-Hans-CN-x-icu", id);
create index party_search on liuhen.party using gin (search_text gin_trgm_ops);
call liuhen.protect('party');

create table liuhen.premises (
    id           uuid primary key,
    org_id       uuid not null references liuhen.organisation (id),
    version      int  not null,
    command_id   uuid not null,
    party_id     uuid not null references liuhen.party (id),
    name         text not null,
    address      text not null,
    -- Ten-millionths of a degree, WGS 84.
    latitude_e7  int check (latitude_e7 between -900000000 and 900000000),
    longitude_e7 int check (longitude_e7 between -1800000000 and 1800000000),
    check ((latitude_e7 is null) = (longitude_e7 is null))
);
create index premises_party on liuhen.premises (party_id);
call liuhen.protect('premises');

create table liuhen.device (
    id          uuid primary key,
    org_id      uuid not null references liuhen.organisation (id),
    version     int  not null,
    command_id  uuid not null,
    kind        text not null check (kind in ('recorder', 'roomCamera', 'mobileTerminal')),
    number      text not null,
    model       text,
    serial      text,
    room        text,
    state       text not null check (state in ('inService', 'inRepair', 'lost', 'retired')),
    search_text text not null,
    constraint device_number unique (org_id, number)
);
call liuhen.protect('device');

create table liuhen.device_issue (
    id          uuid primary key,
    org_id      uuid not null references liuhen.organisation (id),
    version     int  not null,
    command_id  uuid not null,
    device_id   uuid not null references liuhen.device (id),
    person_id   uuid not null references liuhen.person (id),
    issued_at   bigint not null,
    returned_at bigint,
    note        text,
    return_note text,
    check (returned_at is null or returned_at >= issued_at)
);
create unique index device_issue_open on liuhen.device_issue (device_id) where returned_at is null;
create index device_issue_person on liuhen.device_issue (person_id, issued_at);
call liuhen.protect('device_issue');

create table liuhen.act (
    id          uuid primary key,
    org_id      uuid not null references liuhen.organisation (id),
    version     int  not null,
    command_id  uuid not null,
    number      text not null,
    scenario    text not null,
    party_id    uuid references liuhen.party (id),
    premises_id uuid references liuhen.premises (id),
    place       text not null,
    -- As the officers state them (附件1 第10条).
    starts_at   bigint not null,
    ends_at     bigint not null,
    state       text not null check (state in ('open', 'closed', 'cancelled')),
    note        text,
    search_text text not null,
    constraint act_number unique (org_id, number),
    check (starts_at < ends_at)
);
create index act_by_start on liuhen.act (org_id, starts_at desc, id desc);
create index act_by_party on liuhen.act (party_id, starts_at desc);
create index act_search on liuhen.act using gin (search_text gin_trgm_ops);
call liuhen.protect('act');

-- Numbers of acts: one counter per organisation and year, moved only by the command that creates an act.
create table liuhen.act_counter (
    id         uuid primary key,
    org_id     uuid not null references liuhen.organisation (id),
    version    int  not null,
    command_id uuid not null,
    year       int  not null,
    last       int  not null,
    constraint act_counter_year unique (org_id, year)
);
call liuhen.protect('act_counter');

create table liuhen.act_participant (
    id         uuid primary key,
    org_id     uuid not null references liuhen.organisation (id),
    version    int  not null,
    command_id uuid not null,
    act_id     uuid not null references liuhen.act (id),
    person_id  uuid not null references liuhen.person (id),
    part       text not null check (part in ('officer', 'assistant')),
    removed_at bigint
);
create unique index act_participant_once on liuhen.act_participant (act_id, person_id) where removed_at is null;
create index act_participant_person on liuhen.act_participant (person_id);
call liuhen.protect('act_participant');

-- Every organisation that a log or a state table mentions, registered or not: the verifier reads all of them, and what
-- was slipped in under a foreign id must not stay outside its sight. Tells ids only.
create function ledger.known_orgs() returns setof uuid
language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
declare
    v_tables text;
begin
    select string_agg(format('select org_id from liuhen.%I', c.relname), ' union ') into v_tables
    from pg_class c
    where c.relnamespace = 'liuhen'::regnamespace and c.relkind in ('r', 'p') and (
        select count(*) from pg_attribute a
        where a.attrelid = c.oid and not a.attisdropped and a.attname in ('id', 'org_id', 'version', 'command_id')
    ) = 4;
    return query execute 'select known.org_id from (select org_id from ledger.head union select org_id from ledger.entry
        union select org_id from ledger.object union select org_id from ledger.body union ' || v_tables || ') as known order by 1';
end $$;
revoke all on function ledger.known_orgs from public;
grant execute on function ledger.known_orgs to liuhen_reader;
