-- Parts of unfinished uploads that lie in the bucket, so that another node can go on: bytes [start_at, end_at) of the upload, with the
-- SHA-256 of each 4 MiB of them. A part is named here only after it was read back.
create table liuhen.upload_part (
    org_id    uuid not null,
    upload_id uuid not null references liuhen.upload (id),
    number    int not null check (number > 0),
    start_at  numeric(20, 0) not null,
    end_at    numeric(20, 0) not null,
    key       text not null,
    digests   bytea not null check (octet_length(digests) > 0 and octet_length(digests) % 32 = 0),
    primary key (upload_id, number),
    check (start_at < end_at)
);
create index upload_part_key on liuhen.upload_part (key);
call liuhen.protect_operational('upload_part');
create index blob_copy_key on liuhen.blob_copy (key);

-- What a store was told to refuse of an object, so that it is not told the same every night.
create table liuhen.object_lock (
    org_id  uuid not null,
    store   text not null,
    key     text not null,
    until   bigint,
    hold    boolean not null,
    told_at bigint not null,
    primary key (store, key)
);
call liuhen.protect_operational('object_lock');
