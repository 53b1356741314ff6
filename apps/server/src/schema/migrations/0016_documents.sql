-- Documents. Links to acts, cases and segments are plain ids with an index, checked by the command that writes them.
create table liuhen.document (
    id               uuid primary key,
    org_id           uuid not null,
    version          int  not null,
    command_id       uuid not null,
    -- No list of types here: a new type is data, and ids of types are for ever.
    type             text not null check (type ~ '^[a-z][A-Za-z]*$'),
    template_version int  not null check (template_version > 0),
    origin           text not null check (origin in ('made', 'imported')),
    state            text not null check (state in ('draft', 'inReview', 'inLegalReview', 'awaitingSignature', 'approved', 'issued',
        'checked', 'served', 'filed', 'voided', 'imported')),
    -- Whose turn it is; null when nobody is waited for.
    waits_for        text check (waits_for in ('writing', 'review', 'legalReview', 'sectionHead', 'instituteHead', 'agencyHead',
        'number', 'seal', 'issue', 'check', 'correction', 'service', 'filing', 'regularisation')),
    party_id         uuid references liuhen.party (id),
    act_id           uuid,
    segment_id       uuid,
    case_id          uuid,
    -- The document it belongs to: an inventory its decision, a receipt what it proves the service of.
    parent_id        uuid references liuhen.document (id),
    title            text not null,
    number           text,
    -- Canonical JSON; its bytes are what prints and signatures vouch for.
    content          text not null,
    -- Counts saved contents; `version` counts every change of the row.
    revision         int  not null check (revision > 0),
    author_id        uuid not null references liuhen.person (id),
    -- Everybody who wrote in it: none of them reviews it.
    writer_ids       uuid[] not null,
    -- When writing began, by the terminal's word where it was offline; when it came here.
    made_at          bigint not null,
    entered_at       bigint not null,
    saved_at         bigint not null,
    saved_by         uuid not null references liuhen.person (id),
    -- Start and end as the officers state them (附件1 第10条); fixed at the first signature.
    started_at       bigint,
    ended_at         bigint,
    submitted_at     bigint,
    legal_needed     boolean,
    legal_reason     text,
    legal_reviewed_at bigint,
    legal_reviewed_by uuid references liuhen.person (id),
    legal_qualification text,
    approved_at      bigint,
    approved_by      uuid references liuhen.person (id),
    approved_as      text check (approved_as in ('sectionHead', 'instituteHead', 'agencyHead')),
    numbered_at      bigint,
    sealed_at        bigint,
    first_signed_at  bigint,
    issued_at        bigint,
    issued_to        text,
    -- Coercion carried out before approval in an urgent case (行政强制法 第19条).
    urgent_reason    text,
    regularise_by    bigint,
    regularised_at   bigint,
    regularised_by   uuid references liuhen.person (id),
    checked_at       bigint,
    checked_by       uuid references liuhen.person (id),
    check_fault      text,
    served_at        bigint,
    served_mode      text check (served_mode in ('direct', 'lien', 'post', 'entrusted', 'electronic', 'publicNotice')),
    filed_at         bigint,
    filed_by         uuid references liuhen.person (id),
    voided_at        bigint,
    void_reason      text,
    original_place   text,
    -- Of what was made elsewhere: from where, its date and who signed it, as it says itself.
    imported_from    text,
    document_date    text,
    imported_signers text,
    search_text      text not null,
    check (started_at is null or ended_at is null or started_at <= ended_at),
    check ((origin = 'imported') = (imported_from is not null))
);
-- Each filter of the list has an index that also holds its order.
create index document_by_made on liuhen.document (org_id, made_at desc, id desc);
create index document_by_type on liuhen.document (org_id, type, made_at desc, id desc);
create index document_by_state on liuhen.document (org_id, state, made_at desc, id desc);
create index document_by_type_state on liuhen.document (org_id, type, state, made_at desc, id desc);
create index document_by_author on liuhen.document (org_id, author_id, made_at desc, id desc);
create index document_by_party on liuhen.document (party_id, made_at desc, id desc) where party_id is not null;
create index document_by_act on liuhen.document (act_id, made_at desc, id desc) where act_id is not null;
create index document_by_case on liuhen.document (case_id, made_at desc, id desc) where case_id is not null;
create index document_by_parent on liuhen.document (parent_id) where parent_id is not null;
create index document_by_number on liuhen.document (org_id, number) where number is not null;
-- What waits is little beside what is done.
create index document_waiting on liuhen.document (org_id, waits_for, made_at desc, id desc) where waits_for is not null;
create index document_search on liuhen.document using gin (liuhen.search_keys(org_id, search_text)) with (gin_pending_list_limit = 1024);
call liuhen.protect('document');

-- Contents that somebody else has seen: submitted, printed, corrected, and every later one.
create table liuhen.document_version (
    id               uuid primary key,
    org_id           uuid not null,
    version          int  not null,
    command_id       uuid not null,
    document_id      uuid not null references liuhen.document (id),
    revision         int  not null,
    template_version int  not null,
    title            text not null,
    content          text not null,
    started_at       bigint,
    ended_at         bigint,
    saved_at         bigint not null,
    saved_by         uuid not null references liuhen.person (id),
    constraint document_version_once unique (document_id, revision)
);
call liuhen.protect('document_version');

-- The way of a document, step by step, for its page; the log says the same with proof.
create table liuhen.document_step (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    document_id uuid not null references liuhen.document (id),
    step        text not null,
    person_id   uuid not null references liuhen.person (id),
    at          bigint not null,
    revision    int not null,
    from_state  text not null,
    to_state    text not null,
    note        text
);
create index document_step_document on liuhen.document_step (document_id, at, id);
call liuhen.protect('document_step');

create function liuhen.search_document(p_words text[], p_most int) returns setof uuid
language sql stable strict security definer set search_path = pg_catalog, pg_temp as $$
    select found.id from unnest(liuhen.read_orgs()) as scope (org_id) cross join lateral (
        select d.id from liuhen.document d
        where liuhen.search_keys(d.org_id, d.search_text) @> liuhen.word_keys(scope.org_id, p_words)
            and d.org_id is not distinct from scope.org_id and d.search_text like all ((select liuhen.word_patterns(p_words))::text[])
    ) as found limit p_most
$$;
revoke all on function liuhen.search_document from public;
grant execute on function liuhen.search_document to liuhen_app;
