-- The paper that a confirmation rests on, as a picture of it: rules issued, an appointment, a list of who took part.
create table liuhen.attestation_paper (
    id             uuid primary key,
    org_id         uuid not null,
    version        int  not null,
    command_id     uuid not null,
    attestation_id uuid not null references liuhen.attestation (id),
    blob_id        uuid not null references liuhen.blob (id),
    file_name      text not null,
    media_type     text not null,
    added_by       uuid not null references liuhen.person (id),
    added_at       bigint not null
);
create index attestation_paper_of on liuhen.attestation_paper (attestation_id, added_at);
create index attestation_paper_blob on liuhen.attestation_paper (blob_id);
call liuhen.protect('attestation_paper');
