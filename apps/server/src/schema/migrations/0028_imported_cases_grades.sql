-- Cases from another system: its number, and which system. A list that comes twice makes no case twice.
alter table liuhen."case"
    add column imported_from   text,
    add column external_number text,
    add constraint case_external check ((imported_from is null) = (external_number is null));
create unique index case_external_once on liuhen."case" (org_id, imported_from, external_number) where external_number is not null;

-- `imported`: told by another system and allowed by the procedure; `stated`: taken over unchecked, with a reason. Null: taken here.
alter table liuhen.case_step
    add column origin       text check (origin in ('imported', 'stated')),
    add column paper_number text,
    add column paper_date   text check (liuhen.is_day(paper_date)),
    -- What the step asks for and the other system did not say.
    add column unstated     text[];

comment on column liuhen.act.case_id is 'neither written nor read: case_act says which acts are in a case; kept for the digests of rows that hold a value';

-- 风险等级、信用等级 of a party, by a decision with a reason; rows are added, never changed, so that what a draw used stays known.
create table liuhen.party_grade (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    party_id   uuid not null references liuhen.party (id),
    scheme     text not null check (scheme in ('risk', 'credit')),
    grade      text not null check (grade <> ''),
    from_day   text not null check (liuhen.is_day(from_day)),
    -- Who grades: the agency itself, the city's platform …
    source     text not null,
    reason     text not null,
    decided_by uuid not null references liuhen.person (id),
    decided_at bigint not null
);
create index party_grade_party on liuhen.party_grade (party_id, scheme, from_day desc, decided_at desc);
call liuhen.protect('party_grade');
