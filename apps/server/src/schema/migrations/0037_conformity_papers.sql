-- What rests on paper about a model or a single device (附件2): a laboratory's certificate or the maker's data sheet, with the document.
create table liuhen.conformity_paper (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    -- One of the two: every device of a model, or this device.
    model         text,
    device_id     uuid references liuhen.device (id),
    requirements  text[] not null check (cardinality(requirements) > 0),
    kind          text not null check (kind in ('certificate', 'dataSheet')),
    number        text not null,
    issuer        text not null,
    issued_on     text,
    expires_on    text,
    note          text,
    blob_id       uuid not null references liuhen.blob (id),
    media_type    text not null,
    file_name     text not null,
    recorded_by   uuid not null references liuhen.person (id),
    recorded_at   bigint not null,
    withdrawn_at  bigint,
    withdrawn_by  uuid references liuhen.person (id),
    withdrawn_why text,
    check ((model is null) <> (device_id is null)),
    check ((withdrawn_at is null) = (withdrawn_by is null) and (withdrawn_at is null) = (withdrawn_why is null))
);
create index conformity_paper_model on liuhen.conformity_paper (org_id, model) where model is not null;
create index conformity_paper_device on liuhen.conformity_paper (device_id) where device_id is not null;
call liuhen.protect('conformity_paper');
