-- What somebody found at a moment of a recording (附件1 第8–11条). Beside the original, never in it; taken back by a later entry.
create table liuhen.recording_mark (
    id              uuid primary key,
    org_id          uuid not null,
    version         int  not null,
    command_id      uuid not null,
    recording_id    uuid not null references liuhen.recording (id),
    kind            text not null check (kind in ('opening', 'closing', 'scene', 'people', 'evidence', 'measure', 'important', 'gapReason', 'note')),
    -- Where in the original, ms.
    media_ms        bigint not null check (media_ms >= 0),
    -- As both clocks said when it was made; what the corrected clock says now follows from the place.
    device_at       bigint,
    corrected_at    bigint,
    corrected_lower bigint,
    corrected_upper bigint,
    words           text,
    made_by         uuid not null references liuhen.person (id),
    made_at         bigint not null,
    withdrawn_by    uuid references liuhen.person (id),
    withdrawn_at    bigint,
    withdrawn_why   text,
    check ((corrected_at is null) = (corrected_lower is null) and (corrected_at is null) = (corrected_upper is null)),
    check (corrected_lower <= corrected_at and corrected_at <= corrected_upper),
    check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
create index recording_mark_recording on liuhen.recording_mark (recording_id, media_ms);
call liuhen.protect('recording_mark');
