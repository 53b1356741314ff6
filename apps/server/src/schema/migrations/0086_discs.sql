-- Discs of an evidence package (附件1 第20条: 复制后提供): images made of the package that is kept, once for a kind of disc.
create table liuhen.retrieval_disc_set (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    retrieval_id uuid not null references liuhen.retrieval (id),
    package_id   uuid not null references liuhen.retrieval_package (id),
    medium       text not null check (medium in ('dvd', 'bd')),
    -- What one disc holds; it stays the same when the making is begun again, so that discs that are there fit the others.
    disc_bytes   bigint not null check (disc_bytes > 0),
    state        text not null check (state in ('making', 'made', 'stopped')),
    -- The making that goes on; of one that failed, why.
    making_id    uuid,
    begun_by     uuid not null references liuhen.person (id),
    begun_at     bigint not null,
    failed       text,
    made_at      bigint,
    constraint retrieval_disc_set_once unique (retrieval_id, medium),
    constraint retrieval_disc_set_making check ((state = 'making') = (making_id is not null)),
    constraint retrieval_disc_set_made check ((state = 'made') = (made_at is not null))
);
call liuhen.protect('retrieval_disc_set');

create table liuhen.retrieval_disc (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    set_id     uuid not null references liuhen.retrieval_disc_set (id),
    volume     int  not null check (volume > 0),
    volumes    int  not null check (volumes >= volume),
    -- Name of the image, and of the disc in its own file system.
    file_name  text not null,
    label      text not null,
    blob_id    uuid not null references liuhen.blob (id),
    made_at    bigint not null,
    constraint retrieval_disc_once unique (set_id, volume)
);
create index retrieval_disc_blob on liuhen.retrieval_disc (blob_id);
call liuhen.protect('retrieval_disc');

-- Discs that are to be made as soon as the package is there.
alter table liuhen.retrieval
    add column packing_medium text check (packing_medium in ('dvd', 'bd')),
    add constraint retrieval_packing_medium check (packing_medium is null or packing_id is not null);

-- What was fetched: the package, or one of its discs.
alter table liuhen.retrieval_download
    add column disc_id uuid references liuhen.retrieval_disc (id);
