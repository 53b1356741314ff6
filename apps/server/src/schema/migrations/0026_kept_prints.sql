-- The pages of a print as they were made the first time. Null until somebody opens it, and for prints of which only the digest
-- was kept.
alter table liuhen.document_print add column blob_id uuid references liuhen.blob (id);
create index document_print_blob on liuhen.document_print (blob_id) where blob_id is not null;

-- 签名件: the pages of a print with what was written on the screen set where paper would be signed.
create table liuhen.document_signed_copy (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    document_id   uuid not null references liuhen.document (id),
    print_id      uuid not null references liuhen.document_print (id),
    blob_id       uuid not null references liuhen.blob (id),
    -- Signatures, refusals and absences that it shows.
    signature_ids uuid[] not null,
    pages         int  not null check (pages > 0),
    made_by       uuid not null references liuhen.person (id),
    made_at       bigint not null,
    constraint document_signed_copy_once unique (print_id, blob_id)
);
create index document_signed_copy_document on liuhen.document_signed_copy (document_id, made_at);
create index document_signed_copy_blob on liuhen.document_signed_copy (blob_id);
call liuhen.protect('document_signed_copy');
