-- Readings of a device's clock: what it showed, and between which true moments. Never changed; a mistaken one is withdrawn.
create table liuhen.clock_reading (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    device_id     uuid not null references liuhen.device (id),
    source        text not null check (source in ('driver', 'person', 'gnss', 'network', 'dockFiles')),
    -- The clock stood in [device_at, device_at + resolution_ms); device_text is what was shown, letter by letter.
    device_text   text not null,
    device_at     bigint not null,
    resolution_ms int not null check (resolution_ms > 0),
    lower_at      bigint,
    upper_at      bigint,
    -- The clock was set just before.
    after_set     boolean not null,
    read_by       uuid references liuhen.person (id),
    recording_id  uuid references liuhen.recording (id),
    learnt_at     bigint not null,
    note          text,
    withdrawn_at  bigint,
    withdrawn_by  uuid references liuhen.person (id),
    withdrawn_why text,
    check (lower_at is not null or upper_at is not null),
    check (lower_at <= upper_at),
    check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
create index clock_reading_device on liuhen.clock_reading (device_id, learnt_at);
call liuhen.protect('clock_reading');

-- Corrected time stands beside device time and never replaces it. clock_state: 'fitted', or why there is none.
alter table liuhen.recording
    add column clock_state text check (clock_state in ('fitted', 'noReading', 'oneSided', 'noSetting', 'twoSettings', 'tooWide')),
    add column clock_width_ms bigint,
    add column true_start bigint,
    add column true_start_lower bigint,
    add column true_start_upper bigint,
    add column true_end bigint,
    add column true_end_lower bigint,
    add column true_end_upper bigint,
    add constraint recording_true_time check (
        (clock_state is not distinct from 'fitted') = (true_start is not null)
        and true_start_lower <= true_start and true_start <= true_start_upper
        and true_end_lower <= true_end and true_end <= true_end_upper and true_start < true_end
    );
alter table liuhen.recording_interval
    add column true_start bigint,
    add column true_start_lower bigint,
    add column true_start_upper bigint,
    add column true_end bigint,
    add column true_end_lower bigint,
    add column true_end_upper bigint,
    add constraint interval_true_time check (
        (true_start is null) = (true_end is null) and true_start_lower <= true_start and true_start <= true_start_upper
        and true_end_lower <= true_end and true_end <= true_end_upper and true_start < true_end
    );
