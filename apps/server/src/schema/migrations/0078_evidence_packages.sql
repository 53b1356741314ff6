-- Evidence packages (附件1 第20条: 复制后提供, 由专门管理人员统一提供并复制留存). The package is one file in storage, which is at the same time
-- the duplicate that is kept; what is handed over are its very bytes.
alter table liuhen.retrieval
    drop constraint retrieval_state_check,
    add constraint retrieval_state_check
        check (state in ('requested', 'consented', 'packing', 'packaged', 'handedOver', 'refused', 'withdrawn')),
    -- The making that goes on, who began it and when; of one that failed, why, and of which recording.
    add column packing_id     uuid,
    add column packing_by     uuid references liuhen.person (id),
    add column packing_since  bigint,
    add column packing_failed text,
    add column packing_name   text,
    add constraint retrieval_packing check ((state = 'packing') = (packing_id is not null)
        and (packing_id is null) = (packing_by is null) and (packing_id is null) = (packing_since is null)),
    add constraint retrieval_packed_consented check (state not in ('packing', 'packaged', 'handedOver') or decided_at is not null);

create table liuhen.retrieval_package (
    id              uuid primary key,
    org_id          uuid not null,
    version         int  not null,
    command_id      uuid not null,
    retrieval_id    uuid not null references liuhen.retrieval (id),
    blob_id         uuid not null references liuhen.blob (id),
    file_name       text not null,
    -- The list in the package, kept by itself as well: the entry vouches for it.
    manifest_id     uuid not null references liuhen.blob (id),
    files           int  not null check (files > 0),
    made_by         uuid not null references liuhen.person (id),
    made_at         bigint not null,
    constraint retrieval_package_once unique (retrieval_id)
);
create index retrieval_package_blob on liuhen.retrieval_package (blob_id);
create index retrieval_package_manifest on liuhen.retrieval_package (manifest_id);
call liuhen.protect('retrieval_package');

-- Each fetching of a package, registered before its first byte is sent.
create table liuhen.retrieval_download (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    retrieval_id uuid not null references liuhen.retrieval (id),
    person_id    uuid not null references liuhen.person (id),
    at           bigint not null,
    until        bigint not null check (until > at)
);
create index retrieval_download_of on liuhen.retrieval_download (retrieval_id, at);
call liuhen.protect('retrieval_download');

create table liuhen.retrieval_handover (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    retrieval_id uuid not null references liuhen.retrieval (id),
    handed_by    uuid not null references liuhen.person (id),
    receiver     text not null,
    medium       text not null,
    received_at  bigint not null,
    noted_at     bigint not null,
    constraint retrieval_handover_once unique (retrieval_id)
);
call liuhen.protect('retrieval_handover');

-- Pictures of receipts that both sides signed.
create table liuhen.retrieval_paper (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    retrieval_id uuid not null references liuhen.retrieval (id),
    blob_id      uuid not null references liuhen.blob (id),
    file_name    text not null,
    media_type   text not null,
    added_by     uuid not null references liuhen.person (id),
    added_at     bigint not null
);
create index retrieval_paper_of on liuhen.retrieval_paper (retrieval_id, added_at);
create index retrieval_paper_blob on liuhen.retrieval_paper (blob_id);
call liuhen.protect('retrieval_paper');

-- How far the making of a package has got; what came of it is in the log.
create table liuhen.packing_progress (
    id         uuid primary key,
    org_id     uuid not null,
    files      int not null default 0,
    files_done int not null default 0,
    bytes      numeric(20, 0) not null default 0,
    bytes_done numeric(20, 0) not null default 0
);
call liuhen.protect_operational('packing_progress');
