-- How each act stands by the rules, as last judged. What was judged before stands in the log: an entry for each judgement.
create table liuhen.act_judgement (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    act_id        uuid not null unique references liuhen.act (id),
    judged_at     bigint not null,
    verdict       text not null check (verdict in ('pass', 'fail', 'notApplicable', 'needsReview')),
    verdicts      jsonb not null,
    -- Every gap of its recordings with its state and reason: the ledger of interruptions.
    gaps          jsonb not null,
    -- What the facts were that it rests on: SHA-256 of them, as they stand in the entry.
    facts_sha256  bytea not null check (octet_length(facts_sha256) = 32),
    -- Of the act as it was judged, for counting without reading it.
    scenario      text not null,
    starts_at     bigint not null,
    ends_at       bigint not null,
    lead_id       uuid references liuhen.person (id),
    required_ms   bigint not null,
    covered_ms    bigint not null,
    exempt_ms     bigint not null,
    interruptions int not null,
    -- Moved on by time alone.
    again_at      bigint
);
create index act_judgement_time on liuhen.act_judgement (org_id, starts_at, id);
create index act_judgement_again on liuhen.act_judgement (org_id, again_at) where again_at is not null;
call liuhen.protect('act_judgement');

-- What somebody has to answer. Never deleted: it is explained, settled by facts that came, disputed, or it stands.
create table liuhen.finding (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    act_id       uuid not null references liuhen.act (id),
    rule         text not null,
    rule_version int  not null,
    key          text not null,
    code         text not null,
    params       jsonb not null,
    modal        text not null check (modal in ('must', 'should')),
    person_id    uuid references liuhen.person (id),
    -- Who answers: whose matter it is, else whoever leads the act.
    owner_id     uuid references liuhen.person (id),
    about_id     uuid,
    from_at      bigint,
    to_at        bigint,
    state        text not null check (state in ('open', 'answered', 'explained', 'disputed', 'stands', 'settled')),
    found_at     bigint not null,
    -- The unit's own, where it set one; the notice sets none.
    due_at       bigint,
    settled_at   bigint
);
create index finding_act on liuhen.finding (act_id);
create index finding_list on liuhen.finding (org_id, found_at desc, id desc);
create index finding_owner on liuhen.finding (owner_id, state) where state in ('open', 'answered');
create index finding_open on liuhen.finding (org_id, state, found_at) where state in ('open', 'answered');
call liuhen.protect('finding');

create table liuhen.finding_answer (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    finding_id uuid not null references liuhen.finding (id),
    kind       text not null check (kind in ('explain', 'dispute')),
    words      text not null,
    state      text not null check (state in ('waiting', 'accepted', 'refused', 'withdrawn')),
    stated_by  uuid not null references liuhen.person (id),
    stated_at  bigint not null,
    decided_by uuid references liuhen.person (id),
    decided_at bigint,
    decision   text,
    check ((state in ('accepted', 'refused')) = (decided_by is not null)),
    check (decided_by is null or decided_by <> stated_by)
);
create unique index finding_answer_waiting on liuhen.finding_answer (finding_id) where state = 'waiting';
create index finding_answer_finding on liuhen.finding_answer (finding_id);
call liuhen.protect('finding_answer');

-- How far the log was followed when facts change.
create table liuhen.judging_progress (
    org_id     uuid primary key,
    next_idx   bigint not null,
    nightly_on date
);
call liuhen.protect_operational('judging_progress');
