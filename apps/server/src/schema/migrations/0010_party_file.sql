-- One party, one file: names and legal representatives over time, premises with the sites inside them, licences.
-- Days are calendar days of Shanghai as text: they compare as they follow each other and have one form in a digest.
create function liuhen.is_day(p_text text) returns boolean language sql immutable strict parallel safe as
$$ select case when p_text ~ '^\d{4}-\d\d-\d\d$' then make_date(substr(p_text, 1, 4)::int, substr(p_text, 6, 2)::int, substr(p_text, 9, 2)::int) is not null else false end $$;

alter table liuhen.party drop constraint party_state_check;
alter table liuhen.party add constraint party_state_check check (state in ('active', 'closed', 'merged'));
alter table liuhen.party add column merged_into uuid references liuhen.party (id);
alter table liuhen.party add constraint party_merged check ((state = 'merged') = (merged_into is not null) and merged_into <> id);
create index party_merged_into on liuhen.party (merged_into) where merged_into is not null;

create table liuhen.party_change (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    party_id   uuid not null references liuhen.party (id),
    subject    text not null check (subject in ('name', 'legalRepresentative')),
    -- What it was until then; null where nothing was known.
    earlier    text,
    value      text not null,
    from_day   text not null check (liuhen.is_day(from_day)),
    reason     text not null,
    at         bigint not null
);
create index party_change_party on liuhen.party_change (party_id, subject, from_day);
call liuhen.protect('party_change');

alter table liuhen.premises add column closed_day text check (liuhen.is_day(closed_day));
alter table liuhen.premises add column closed_reason text;
alter table liuhen.premises add constraint premises_closed check ((closed_day is null) = (closed_reason is null));

-- 附件1 第5条: several places of one party, even inside one premises, are units of their own.
create table liuhen.site (
    id            uuid primary key,
    org_id        uuid not null,
    version       int  not null,
    command_id    uuid not null,
    premises_id   uuid not null references liuhen.premises (id),
    name          text not null,
    note          text,
    closed_day    text check (liuhen.is_day(closed_day)),
    closed_reason text,
    constraint site_closed check ((closed_day is null) = (closed_reason is null))
);
create index site_premises on liuhen.site (premises_id);
create unique index site_name on liuhen.site (premises_id, name) where closed_day is null;
call liuhen.protect('site');

create table liuhen.licence (
    id               uuid primary key,
    org_id           uuid not null,
    version          int  not null,
    command_id       uuid not null,
    party_id         uuid not null references liuhen.party (id),
    premises_id      uuid references liuhen.premises (id),
    speciality       text not null check (speciality in ('medicalInstitution', 'clinicFiling', 'radiationDiagnosis',
        'radiationService', 'publicPlace', 'drinkingWater', 'waterProduct', 'disinfectionProduct', 'occupationalHealth',
        'maternalInfantCare', 'bloodCollection', 'pathogenLaboratory', 'other')),
    speciality_other text,
    number           text not null,
    authority        text,
    valid_from       text check (liuhen.is_day(valid_from)),
    valid_to         text check (liuhen.is_day(valid_to)),
    state            text not null check (state in ('valid', 'suspended', 'cancelled', 'withdrawn', 'revoked')),
    note             text,
    constraint licence_number unique (org_id, speciality, number),
    check ((speciality = 'other') = (speciality_other is not null)),
    check (valid_from is null or valid_to is null or valid_from <= valid_to)
);
create index licence_party on liuhen.licence (party_id);
create index licence_due on liuhen.licence (org_id, valid_to) where state = 'valid';
call liuhen.protect('licence');

-- How names are compared when looking for duplicates: width, case, blanks and punctuation make no difference.
create function liuhen.name_key(p_name text) returns text language sql immutable strict parallel safe set search_path = pg_catalog, pg_temp as
$$ select regexp_replace(lower(normalize(p_name, nfkc)), '[[:space:][:punct:]·•、，。“”‘’《》【】—]', '', 'g') $$;

-- Phone and address together; empty where one of them is missing.
create function liuhen.contact_key(p_phone text, p_address text) returns text language sql immutable parallel safe set search_path = pg_catalog, pg_temp as
$$ select regexp_replace(normalize(p_phone, nfkc), '[^0-9]', '', 'g') || '|' || nullif(liuhen.name_key(p_address), '') $$;

create index party_name_key on liuhen.party (org_id, liuhen.name_key(name));
create index party_contact_key on liuhen.party (org_id, liuhen.contact_key(phone, address)) where phone is not null and address is not null;
create index party_change_key on liuhen.party_change (org_id, liuhen.name_key(earlier)) where subject = 'name';

-- Parties that may be the same as one of these: by a name, present or earlier, or by phone and address together. As the
-- owner, so that the indexes serve (0005_search.sql says why); of one organisation in scope only.
create function liuhen.like_parties(p_org uuid, p_names text[], p_phone text, p_address text, p_most int)
returns table (party_id uuid, same_name boolean, same_contact boolean)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with found as (
        select p.id, true as by_name, false as by_contact from liuhen.party p
        where p.org_id = p_org and liuhen.name_key(p.name) in (select liuhen.name_key(n) from unnest(p_names) n) and liuhen.name_key(p.name) <> ''
        union all
        select c.party_id, true, false from liuhen.party_change c
        where c.org_id = p_org and c.subject = 'name' and liuhen.name_key(c.earlier) in (select liuhen.name_key(n) from unnest(p_names) n) and liuhen.name_key(c.earlier) <> ''
        union all
        select p.id, false, true from liuhen.party p
        where p.org_id = p_org and p.phone is not null and p.address is not null
            and liuhen.contact_key(p.phone, p.address) = liuhen.contact_key(p_phone, p_address) and liuhen.contact_key(p_phone, p_address) not like '|%'
    )
    select f.id, bool_or(f.by_name), bool_or(f.by_contact) from found f
    join liuhen.party p on p.id = f.id and p.state <> 'merged'
    where p_org = any (liuhen.read_orgs())
    group by f.id order by bool_or(f.by_name) and bool_or(f.by_contact) desc, f.id limit p_most
$$;

-- Counts as the list filters: merged parties are shown only when asked for, and licences by speciality and last day.
drop function liuhen.count_parties(text[], uuid, text, text);
create function liuhen.count_parties(p_words text[], p_org uuid, p_kind text, p_state text, p_speciality text, p_from text, p_to text) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select count(*) from liuhen.party p
    where liuhen.search_keys(p.org_id, p.search_text) @> (select liuhen.word_keys(p_org, p_words))
        and p.org_id is not distinct from p_org and p_org = any (liuhen.read_orgs())
        and p.search_text like all ((select liuhen.word_patterns(p_words))::text[])
        and (p_kind is null or p.kind = p_kind)
        and (case when p_state is null then p.state <> 'merged' else p.state = p_state end)
        and (p_speciality is null and p_to is null or exists (
            select from liuhen.licence l where l.party_id = p.id and (p_speciality is null or l.speciality = p_speciality)
                and (p_to is null or l.state = 'valid' and l.valid_to >= p_from and l.valid_to < p_to)))
$$;

revoke all on function liuhen.like_parties, liuhen.count_parties from public;
grant execute on function liuhen.like_parties, liuhen.count_parties to liuhen_app;
