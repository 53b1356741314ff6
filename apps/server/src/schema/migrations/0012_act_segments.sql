-- An act has scenarios and sites, each with its own interval and people. Acts from before have no row here and are read as
-- one segment made from their own columns (domain: segmentsOrWhole); their rows stay as the log knows them.
create table liuhen.act_segment (
    id                uuid primary key,
    org_id            uuid not null,
    version           int  not null,
    command_id        uuid not null,
    act_id            uuid not null references liuhen.act (id),
    scenario          text not null,
    site_kind         text not null check (site_kind in ('premises', 'inside', 'room', 'place')),
    place             text not null,
    premises_id       uuid references liuhen.premises (id),
    -- A site inside premises (附件1 第5条), where the party's page knows it.
    site_id           uuid,
    -- The camera of the recording room (正文二(二)3), or why somebody's recorder stands in for it.
    room_device_id    uuid references liuhen.device (id),
    substitute_reason text,
    starts_at         bigint not null,
    ends_at           bigint not null,
    note              text,
    removed_at        bigint,
    check (starts_at < ends_at)
);
create index act_segment_act on liuhen.act_segment (act_id, starts_at);
create index act_segment_scenario on liuhen.act_segment (org_id, scenario, act_id) where removed_at is null;
call liuhen.protect('act_segment');

-- Who was where from when to when; null is the segment's own beginning or end.
create table liuhen.act_presence (
    id             uuid primary key,
    org_id         uuid not null,
    version        int  not null,
    command_id     uuid not null,
    act_id         uuid not null references liuhen.act (id),
    participant_id uuid not null references liuhen.act_participant (id),
    segment_id     uuid not null references liuhen.act_segment (id),
    from_at        bigint,
    to_at          bigint,
    removed_at     bigint,
    check (from_at < to_at)
);
create index act_presence_act on liuhen.act_presence (act_id);
call liuhen.protect('act_presence');

-- People who are not ours take part by name: the party's person, a witness, an interpreter, colleagues of other agencies.
alter table liuhen.act_participant
    alter column person_id drop not null,
    add column name text,
    add column agency text,
    add column relation text,
    add column id_shown boolean,
    -- When an officer showed the certificate (附件1 第9条).
    add column certificate_shown_at bigint,
    drop constraint act_participant_part_check,
    add constraint act_participant_part_check
        check (part in ('officer', 'assistant', 'partyPerson', 'witness', 'interpreter', 'otherAgency')),
    add constraint act_participant_named check ((person_id is null) = (name is not null)),
    add constraint act_participant_own check ((person_id is null) = (part not in ('officer', 'assistant')));

-- Why nothing had to be recorded at a site for a while: 附件1 第11条 a high-risk ground, 第13条 force majeure with a written note.
create table liuhen.act_exemption (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    act_id       uuid not null references liuhen.act (id),
    segment_id   uuid not null references liuhen.act_segment (id),
    person_id    uuid references liuhen.person (id),
    kind         text not null check (kind in ('highRisk', 'forceMajeure')),
    ground       text not null,
    words        text,
    starts_at    bigint not null,
    ends_at      bigint not null,
    state        text not null check (state in ('waiting', 'confirmed', 'refused', 'withdrawn')),
    recorded_by  uuid not null references liuhen.person (id),
    recorded_at  bigint not null,
    decided_by   uuid references liuhen.person (id),
    decided_at   bigint,
    decision     text,
    -- 未作音像记录工作记录
    document_id  uuid,
    check (starts_at < ends_at)
);
create index act_exemption_act on liuhen.act_exemption (act_id);
create index act_exemption_document on liuhen.act_exemption (document_id) where document_id is not null;
call liuhen.protect('act_exemption');

-- What was done before, during and after (附件1 第7–9、15条), by whom and when.
create table liuhen.act_check (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    act_id     uuid not null references liuhen.act (id),
    item       text not null,
    ticked_by  uuid not null references liuhen.person (id),
    ticked_at  bigint not null,
    removed_at bigint
);
create unique index act_check_once on liuhen.act_check (act_id, item) where removed_at is null;
call liuhen.protect('act_check');

alter table liuhen.act
    drop constraint act_state_check,
    add constraint act_state_check check (state in ('planned', 'open', 'closed', 'cancelled')),
    -- 附件1 第12条; null is 公开.
    add column secrecy text check (secrecy in ('work', 'trade', 'privacy')),
    -- 检查码, or why there is none.
    add column inspection_code text,
    add column inspection_code_exempt text,
    add column case_id uuid;
create index act_case on liuhen.act (case_id) where case_id is not null;
create index act_secret on liuhen.act (org_id) where secrecy is not null;
