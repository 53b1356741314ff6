-- Merging duplicates: proposed by one person, confirmed by another, and undone exactly, because what moved is kept.
create table liuhen.party_merge (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    duplicate_id  uuid not null references liuhen.party (id),
    survivor_id   uuid not null references liuhen.party (id),
    state         text not null check (state in ('proposed', 'confirmed', 'rejected', 'withdrawn', 'undone')),
    reason        text not null,
    proposed_by   uuid not null references liuhen.person (id),
    proposed_at   bigint not null,
    decided_by    uuid references liuhen.person (id),
    decided_at    bigint,
    decision_note text,
    -- The duplicate's state before, and the ids of what was moved, by table.
    moved         jsonb,
    undone_by     uuid references liuhen.person (id),
    undone_at     bigint,
    undo_reason   text,
    check (duplicate_id <> survivor_id),
    -- Two signatures, of two people.
    check (state not in ('confirmed', 'undone') or decided_by <> proposed_by and moved is not null)
);
create unique index party_merge_open on liuhen.party_merge (duplicate_id) where state = 'proposed';
create index party_merge_survivor on liuhen.party_merge (survivor_id);
create index party_merge_duplicate on liuhen.party_merge (duplicate_id);
create index party_merge_by_time on liuhen.party_merge (org_id, proposed_at desc, id desc);
call liuhen.protect('party_merge');

-- Import of a list: previewed, confirmed, then carried out row by row by a job.
create table liuhen.party_import (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    file_name    text not null,
    sha256       bytea not null check (octet_length(sha256) = 32),
    format       text not null check (format in ('csv', 'xlsx')),
    -- How the text was read: encoding and separator of a CSV, name of the sheet of an XLSX.
    read_as      text not null,
    state        text not null check (state in ('previewed', 'running', 'done', 'withdrawn')),
    row_count    int  not null,
    to_create    int  not null,
    to_change    int  not null,
    to_leave     int  not null,
    to_refuse    int  not null,
    -- What became of the rows so far.
    created      int  not null,
    changed      int  not null,
    left_alone   int  not null,
    refused      int  not null,
    made_by      uuid not null references liuhen.person (id),
    made_at      bigint not null,
    confirmed_by uuid references liuhen.person (id),
    confirmed_at bigint,
    finished_at  bigint
);
create index party_import_by_time on liuhen.party_import (org_id, made_at desc, id desc);
call liuhen.protect('party_import');

-- The rows of an import with what is planned and what became of each: progress, no business fact. What an import writes
-- are parties and licences, each covered by its entry.
create table liuhen.party_import_row (
    import_id uuid  not null references liuhen.party_import (id),
    org_id    uuid  not null,
    -- Line in the file or sheet, as a spreadsheet counts.
    line      int   not null,
    -- What the party is known by: rows of one party are not written in one command.
    party_key text  not null,
    name      text  not null,
    cells     jsonb not null,
    plan      text  not null check (plan in ('create', 'change', 'leave', 'refuse')),
    changes   jsonb not null,
    reasons   jsonb not null,
    outcome   text  check (outcome in ('created', 'changed', 'left', 'refused')),
    party_id  uuid,
    primary key (import_id, line)
);
create index party_import_row_open on liuhen.party_import_row (import_id, line) where outcome is null;
call liuhen.protect_operational('party_import_row');
