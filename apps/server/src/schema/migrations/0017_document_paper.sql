-- Numbers. A series is one register: 文号 by category, nature and year, 编号 by type and year (《卫生行政执法文书规范》第4条).
create table liuhen.document_series (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    numbering  text not null check (numbering in ('docNumber', 'serial')),
    category   text not null,
    nature     text not null,
    year       int  not null,
    last       int  not null check (last >= 0),
    constraint document_series_once unique (org_id, numbering, category, nature, year)
);
call liuhen.protect('document_series');

-- Numbers taken along by a terminal that may be without network.
create table liuhen.document_block (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    series_id   uuid not null references liuhen.document_series (id),
    first       int  not null,
    last        int  not null,
    terminal    text not null,
    person_id   uuid not null references liuhen.person (id),
    reserved_at bigint not null,
    state       text not null check (state in ('open', 'returned')),
    returned_at bigint,
    reason      text,
    check (first > 0 and first <= last)
);
create index document_block_series on liuhen.document_block (series_id, first);
create index document_block_open on liuhen.document_block (org_id, person_id) where state = 'open';
call liuhen.protect('document_block');

-- Every number that was ever given or reserved stands here for ever, the void ones with their reason.
create table liuhen.document_number (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    series_id   uuid not null references liuhen.document_series (id),
    place       int  not null check (place > 0),
    text        text not null,
    state       text not null check (state in ('reserved', 'given', 'returned', 'voided')),
    document_id uuid references liuhen.document (id),
    block_id    uuid references liuhen.document_block (id),
    given_at    bigint,
    ended_at    bigint,
    reason      text,
    constraint document_number_place unique (series_id, place),
    check ((state in ('returned', 'voided')) = (reason is not null))
);
create unique index document_number_document on liuhen.document_number (document_id) where state = 'given';
create index document_number_block on liuhen.document_number (block_id) where block_id is not null;
call liuhen.protect('document_number');

-- What was printed: the digest that signatures, seals and scans are bound to. Its id stands on each page.
create table liuhen.document_print (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    document_id uuid not null references liuhen.document (id),
    revision    int  not null,
    kind        text not null check (kind in ('draft', 'final')),
    digest      bytea not null check (octet_length(digest) = 32),
    -- Known once the pages were made.
    pages       int check (pages > 0),
    pdf_sha256  bytea check (octet_length(pdf_sha256) = 32),
    printed_by  uuid not null references liuhen.person (id),
    printed_at  bigint not null
);
create index document_print_document on liuhen.document_print (document_id, printed_at);
call liuhen.protect('document_print');

-- After a signature content changes by correction only.
create table liuhen.document_correction (
    id                 uuid primary key,
    org_id             uuid not null,
    version            int  not null,
    command_id         uuid not null,
    document_id        uuid not null references liuhen.document (id),
    revision           int  not null,
    field              text not null,
    old_value          text not null,
    new_value          text not null,
    reason             text not null,
    corrected_by       uuid not null references liuhen.person (id),
    at                 bigint not null,
    -- Where the party has signed or been served, it signs at the change (《卫生行政执法文书规范》第5条).
    needs_signature    boolean not null,
    signed_at          bigint
);
create index document_correction_document on liuhen.document_correction (document_id, revision);
call liuhen.protect('document_correction');

-- Who signed, on which pages; who refused and why; who was absent, and who saw it.
create table liuhen.document_signature (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    document_id   uuid not null references liuhen.document (id),
    print_id      uuid references liuhen.document_print (id),
    correction_id uuid references liuhen.document_correction (id),
    revision      int  not null,
    signer        text not null,
    name          text not null,
    person_id     uuid references liuhen.person (id),
    outcome       text not null check (outcome in ('signed', 'refused', 'absent')),
    means         text not null check (means in ('wet', 'onScreen')),
    pages         int[] not null,
    at            bigint not null,
    reason        text,
    witness       text,
    -- Handwriting on the screen: an SVG path per page, each bound to the digest of its page.
    strokes       text,
    recorded_by   uuid not null references liuhen.person (id),
    recorded_at   bigint not null,
    -- Of a document that was written anew afterwards.
    superseded_at bigint,
    check ((outcome = 'signed') = (reason is null)),
    check ((means = 'onScreen') = (strokes is not null))
);
create index document_signature_document on liuhen.document_signature (document_id, at);
call liuhen.protect('document_signature');

-- Pictures of paper: the signed or sealed document, a receipt, what was posted, or a document made elsewhere.
create table liuhen.document_scan (
    id           uuid primary key,
    org_id       uuid not null,
    version      int  not null,
    command_id   uuid not null,
    document_id  uuid not null references liuhen.document (id),
    blob_id      uuid not null references liuhen.blob (id),
    role         text not null check (role in ('signed', 'sealed', 'receipt', 'posting', 'capture', 'imported')),
    print_id     uuid references liuhen.document_print (id),
    digest_read  text,
    finding      text not null check (finding in ('matches', 'digestDiffers', 'olderPrint', 'otherDocument', 'notRead')),
    display_name text not null,
    media_type   text not null,
    added_by     uuid not null references liuhen.person (id),
    added_at     bigint not null
);
create index document_scan_document on liuhen.document_scan (document_id, added_at);
create index document_scan_blob on liuhen.document_scan (blob_id);
call liuhen.protect('document_scan');

-- The register of the agency's seal.
create table liuhen.seal_use (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    document_id uuid references liuhen.document (id),
    -- Forms sealed beforehand for the scene, by their block of numbers.
    block_id    uuid references liuhen.document_block (id),
    means       text not null check (means in ('ink', 'certified')),
    copies      int  not null check (copies > 0),
    purpose     text not null,
    used_by     uuid not null references liuhen.person (id),
    used_at     bigint not null,
    scan_id     uuid references liuhen.document_scan (id),
    check ((document_id is null) <> (block_id is null))
);
create index seal_use_by_time on liuhen.seal_use (org_id, used_at desc, id desc);
create index seal_use_document on liuhen.seal_use (document_id) where document_id is not null;
call liuhen.protect('seal_use');

-- Service (民事诉讼法 2023 第87–95条; 13号令 第53–57条).
create table liuhen.document_service (
    id          uuid primary key,
    org_id      uuid not null,
    version     int  not null,
    command_id  uuid not null,
    document_id uuid not null references liuhen.document (id),
    mode        text not null check (mode in ('direct', 'lien', 'post', 'entrusted', 'electronic', 'publicNotice')),
    recipient   text not null,
    -- What its mode asks for; canonical JSON.
    facts       text not null,
    server_ids  uuid[] not null,
    -- The act in which it is done and under which its recording is filed (正文二(二)1).
    act_id      uuid,
    receipt_id  uuid references liuhen.document (id),
    begun_at    bigint not null,
    begun_by    uuid not null references liuhen.person (id),
    -- Before this day it has no effect.
    effect_at   bigint,
    state       text not null check (state in ('open', 'served', 'failed')),
    served_at   bigint,
    closed_at   bigint,
    closed_by   uuid references liuhen.person (id),
    recorded    boolean,
    unrecorded_reason text,
    note        text,
    check ((state = 'open') = (closed_at is null)),
    check ((state = 'served') = (served_at is not null))
);
create index document_service_document on liuhen.document_service (document_id, begun_at);
create index document_service_act on liuhen.document_service (act_id) where act_id is not null;
create index document_service_open on liuhen.document_service (org_id, effect_at) where state = 'open';
call liuhen.protect('document_service');

-- 样张未核对 until the organisation's legal section has compared a form with the printed sample.
create table liuhen.template_confirmation (
    id               uuid primary key,
    org_id           uuid not null,
    version          int  not null,
    command_id       uuid not null,
    type             text not null,
    template_version int  not null,
    confirmed_by     uuid not null references liuhen.person (id),
    confirmed_at     bigint not null,
    compared_with    text not null,
    constraint template_confirmation_once unique (org_id, type, template_version)
);
call liuhen.protect('template_confirmation');
