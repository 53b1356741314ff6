-- Cases. States and steps are data of the domain and for ever; here only their form is checked.
create table liuhen."case" (
    id             uuid primary key,
    org_id         uuid not null,
    version        int  not null,
    command_id     uuid not null,
    number         text not null,
    procedure      text not null check (procedure in ('penalty', 'simplePenalty', 'coercion', 'preservation', 'hearing', 'licence', 'complaint')),
    state          text not null check (state ~ '^[a-z][A-Za-z]*$'),
    -- 案由
    title          text not null,
    party_id       uuid references liuhen.party (id),
    -- The case it serves: a hearing, a measure, a preservation.
    parent_id      uuid references liuhen."case" (id),
    source         text not null check (source in ('inspection', 'complaint', 'superior', 'subordinate', 'transfer', 'application', 'case', 'imported')),
    source_note    text,
    summary        text,
    opened_at      bigint not null,
    -- The breach or its end (行政处罚法 第36条), and whether it harmed people's life or health.
    breach_at      bigint,
    grave_harm     boolean not null,
    ended_at       bigint,
    search_text    text not null,
    constraint case_number unique (org_id, number)
);
create index case_by_opened on liuhen."case" (org_id, opened_at desc, id desc);
create index case_open on liuhen."case" (org_id) where ended_at is null;
create index case_by_party on liuhen."case" (party_id, opened_at desc) where party_id is not null;
create index case_by_parent on liuhen."case" (parent_id) where parent_id is not null;
create index case_search on liuhen."case" using gin (liuhen.search_keys(org_id, search_text)) with (gin_pending_list_limit = 1024);
call liuhen.protect('case');

create table liuhen.case_counter (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    procedure  text not null,
    year       int  not null,
    last       int  not null check (last > 0),
    constraint case_counter_year unique (org_id, procedure, year)
);
call liuhen.protect('case_counter');

-- What was done, in order. `at` is when it happened by what the officers state; the row is made when it is entered.
create table liuhen.case_step (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    case_id     uuid not null references liuhen."case" (id),
    place       int  not null check (place > 0),
    step        text not null,
    at          bigint not null,
    entered_at  bigint not null,
    person_id   uuid not null references liuhen.person (id),
    -- In which post.
    as_post     text not null check (as_post in ('handler', 'reviewer', 'legalReviewer', 'agencyHead')),
    from_state  text not null,
    to_state    text not null,
    data        jsonb not null,
    note        text,
    constraint case_step_place unique (case_id, place)
);
call liuhen.protect('case_step');

create table liuhen.case_person (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    case_id    uuid not null references liuhen."case" (id),
    person_id  uuid not null references liuhen.person (id),
    part       text not null check (part in ('handler', 'presider', 'recorder')),
    since      bigint not null,
    removed_at bigint
);
create unique index case_person_once on liuhen.case_person (case_id, person_id, part) where removed_at is null;
create index case_person_person on liuhen.case_person (person_id) where removed_at is null;
call liuhen.protect('case_person');

-- What does not count: testing, appraisal, a hearing … told to the party in writing (行政强制法 第25条).
create table liuhen.case_exclusion (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    case_id     uuid not null references liuhen."case" (id),
    reason      text not null check (reason in ('test', 'appraisal', 'quarantine', 'hearing', 'publicNotice', 'other')),
    -- Terms it stops, by their key.
    keys        text[] not null check (cardinality(keys) > 0),
    from_at     bigint not null,
    until_at    bigint,
    -- The written notice: a document of the case, or what and when in words.
    document_id uuid,
    notice      text,
    check (until_at is null or from_at < until_at),
    check (document_id is not null or notice is not null)
);
create index case_exclusion_case on liuhen.case_exclusion (case_id);
call liuhen.protect('case_exclusion');

-- Acts that belong to a case; one act may serve several.
create table liuhen.case_act (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    case_id    uuid not null references liuhen."case" (id),
    act_id     uuid not null references liuhen.act (id),
    removed_at bigint
);
create unique index case_act_once on liuhen.case_act (case_id, act_id) where removed_at is null;
create index case_act_act on liuhen.case_act (act_id) where removed_at is null;
call liuhen.protect('case_act');

-- The list of evidence. A recording or a moment of one that stands here is kept as long as the case file (附件1 第18条).
create table liuhen.case_evidence (
    id              uuid primary key,
    org_id          uuid not null,
    version         int  not null,
    command_id      uuid not null,
    case_id         uuid not null references liuhen."case" (id),
    place           int  not null check (place > 0),
    kind            text not null check (kind in ('document', 'recording', 'moment', 'photo', 'sample', 'electronic', 'other')),
    target_id       uuid,
    from_ms         bigint check (from_ms >= 0),
    to_ms           bigint,
    title           text not null,
    proves          text,
    -- Who took it, when, how, onto what (行政处罚法 第46条).
    extracted_by    uuid references liuhen.person (id),
    extracted_at    bigint,
    method          text,
    carrier         text,
    kept_at         text,
    withdrawn_at    bigint,
    withdrawn_why   text,
    check (to_ms is null or from_ms < to_ms),
    check ((withdrawn_at is null) = (withdrawn_why is null)),
    constraint case_evidence_place unique (case_id, place)
);
create index case_evidence_target on liuhen.case_evidence (target_id) where withdrawn_at is null and target_id is not null;
call liuhen.protect('case_evidence');

create function liuhen.search_case(p_words text[], p_most int) returns setof uuid
language sql stable strict security definer set search_path = pg_catalog, pg_temp as $$
    select found.id from unnest(liuhen.read_orgs()) as scope (org_id) cross join lateral (
        select c.id from liuhen."case" c
        where liuhen.search_keys(c.org_id, c.search_text) @> liuhen.word_keys(scope.org_id, p_words)
            and c.org_id is not distinct from scope.org_id and c.search_text like all ((select liuhen.word_patterns(p_words))::text[])
    ) as found limit p_most
$$;
revoke all on function liuhen.search_case from public;
grant execute on function liuhen.search_case to liuhen_app;
