-- Complaints: what was said in one table, who said it in another that only sealed bytes enter.
-- Places in the registers of a year, without a hole: complaints, tasks, draws.
create table liuhen.register_counter (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    register   text not null check (register in ('complaint', 'task', 'draw')),
    year       int  not null,
    last       int  not null check (last > 0),
    constraint register_counter_year unique (org_id, register, year)
);
call liuhen.protect('register_counter');

create table liuhen.complaint (
    id                uuid primary key,
    org_id            uuid not null,
    version           int  not null,
    command_id        uuid not null,
    number            text not null,
    channel           text not null check (channel in ('hotline', 'petition', 'phone', 'visit', 'online', 'transfer')),
    -- Of the sheet it came with: 12345, the petition office, another agency.
    external_number   text,
    received_at       bigint not null,
    received_by       uuid not null references liuhen.person (id),
    subject           text not null,
    content           text not null,
    place             text,
    party_id          uuid references liuhen.party (id),
    premises_id       uuid references liuhen.premises (id),
    reply_requested   boolean not null,
    confidential      boolean not null,
    state             text not null check (state in ('registered', 'accepted', 'transferred', 'refused', 'inChecking', 'answered', 'closed')),
    due_day           text check (due_day ~ '^\d{4}-\d\d-\d\d$'),
    due_basis         text not null check (due_basis in ('stated', 'term', 'none')),
    triaged_at        bigint,
    triage_reason     text,
    transferred_to    text,
    answered_at       bigint,
    answer            text,
    answer_document_id uuid,
    closed_at         bigint,
    result            text,
    search_text       text not null,
    constraint complaint_number unique (org_id, number),
    check ((due_day is null) = (due_basis = 'none')),
    check (premises_id is null or party_id is not null)
);
create index complaint_received on liuhen.complaint (org_id, received_at desc, id desc);
create index complaint_due on liuhen.complaint (org_id, due_day, id) where state in ('registered', 'accepted', 'inChecking');
create index complaint_party on liuhen.complaint (party_id, received_at desc) where party_id is not null;
-- A sheet that comes twice is one complaint.
create unique index complaint_external on liuhen.complaint (org_id, channel, external_number) where external_number is not null;
call liuhen.protect('complaint');

-- Who complained. The row of a complaint has the complaint's id; `sealed` opens only with the installation's key.
create table liuhen.complaint_identity (
    id         uuid primary key references liuhen.complaint (id),
    org_id     uuid  not null,
    version    int   not null,
    command_id uuid  not null,
    sealed     bytea not null
);
call liuhen.protect('complaint_identity');

create table liuhen.complaint_link (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    complaint_id uuid not null references liuhen.complaint (id),
    kind         text not null check (kind in ('act', 'case', 'document')),
    target_id    uuid not null,
    linked_at    bigint not null,
    removed_at   bigint
);
create unique index complaint_link_once on liuhen.complaint_link (complaint_id, target_id) where removed_at is null;
create index complaint_link_target on liuhen.complaint_link (target_id) where removed_at is null;
call liuhen.protect('complaint_link');
