-- Why a recording came late or not at all (附件1 第15条). It explains and never undoes: the mark of lateness stays.
create table liuhen.late_excuse (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    -- Of a recording that came late, or of what somebody owes an act.
    recording_id uuid references liuhen.recording (id),
    act_id       uuid references liuhen.act (id),
    person_id    uuid references liuhen.person (id),
    ground       text not null check (ground in ('fault', 'forceMajeure', 'interruption', 'duty', 'network', 'other')),
    words        text not null,
    state        text not null check (state in ('waiting', 'accepted', 'refused', 'withdrawn')),
    stated_by    uuid not null references liuhen.person (id),
    stated_at    bigint not null,
    decided_by   uuid references liuhen.person (id),
    decided_at   bigint,
    decision     text,
    check ((recording_id is null) = (act_id is not null) and (act_id is null) = (person_id is null)),
    check ((state in ('accepted', 'refused')) = (decided_by is not null))
);
create unique index late_excuse_recording on liuhen.late_excuse (recording_id) where state in ('waiting', 'accepted');
create unique index late_excuse_act on liuhen.late_excuse (act_id, person_id) where state in ('waiting', 'accepted');
create index late_excuse_waiting on liuhen.late_excuse (org_id, stated_at) where state = 'waiting';
call liuhen.protect('late_excuse');
