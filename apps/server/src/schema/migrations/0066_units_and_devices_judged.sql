-- How a unit stands by its rules, and each of its recorders, as last judged. What was judged before stands in the log.
create table liuhen.subject_judgement (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    -- Null: the unit itself.
    device_id    uuid references liuhen.device (id),
    judged_at    bigint not null,
    verdict      text not null check (verdict in ('pass', 'fail', 'notApplicable', 'needsReview')),
    verdicts     jsonb not null,
    -- What the facts were that it rests on: SHA-256 of them, as they stand in the entry.
    facts_sha256 bytea not null check (octet_length(facts_sha256) = 32),
    -- Moved on by time alone.
    again_at     bigint
);
create unique index subject_judgement_subject on liuhen.subject_judgement (org_id, device_id) nulls not distinct;
create index subject_judgement_again on liuhen.subject_judgement (org_id, again_at) where again_at is not null;
call liuhen.protect('subject_judgement');

-- A finding is about an act, about a device, or about the unit: then about neither of them.
alter table liuhen.finding
    alter column act_id drop not null,
    add column device_id uuid references liuhen.device (id),
    -- Who answers where nobody in particular does: whoever holds this role in the unit.
    add column owner_role text,
    -- The one clause that it is about, of a rule that rests on several.
    add column clause text,
    add constraint finding_subject check (num_nonnulls(act_id, device_id) <= 1),
    add constraint finding_owner_role check (owner_role is null or act_id is null);
create index finding_device on liuhen.finding (device_id) where device_id is not null;
create index finding_unit on liuhen.finding (org_id) where act_id is null and device_id is null;
create index finding_rule on liuhen.finding (org_id, rule, state);
create index finding_unanswered on liuhen.finding (org_id, rule, clause) where state in ('open', 'answered');

-- How far the log was followed when facts of units and devices change, apart from acts, which are not to wait for them.
create table liuhen.subject_progress (
    org_id     uuid primary key,
    next_idx   bigint not null,
    nightly_on date
);
call liuhen.protect_operational('subject_progress');
