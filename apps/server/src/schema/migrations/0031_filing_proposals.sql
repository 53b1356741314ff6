-- Which act a recording belongs to, as proposed without anybody labelling it, and what people did with the proposal.
create table liuhen.filing_proposal (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    recording_id uuid not null references liuhen.recording (id),
    level        text not null check (level in ('sure', 'likely', 'question', 'noAct', 'noTime', 'noHolder')),
    -- The act proposed; null where none is, or where it is a question.
    act_id       uuid references liuhen.act (id),
    person_id    uuid references liuhen.person (id),
    -- [{actId, personId, overlapMs, apartMs, reasons}], the best first.
    candidates   jsonb not null,
    conflicts    text[] not null,
    proposed_at  bigint not null,
    outcome      text not null check (outcome in ('open', 'filedItself', 'accepted', 'otherwise', 'undone', 'takenOut')),
    decided_at   bigint,
    constraint filing_proposal_recording unique (recording_id),
    check ((level in ('sure', 'likely')) = (act_id is not null)),
    check ((outcome = 'open') = (decided_at is null))
);
create index filing_proposal_open on liuhen.filing_proposal (org_id, level, proposed_at desc, id desc) where outcome = 'open';
call liuhen.protect('filing_proposal');
create index act_by_end on liuhen.act (org_id, ends_at);
