-- Dated decisions of an organisation about a figure or a switch. Rows are added, never changed: deadlines were counted and
-- documents printed with what was in force.
create table liuhen.parameter (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    key        text not null,
    value      jsonb not null,
    standing   text not null check (standing in ('verified', 'verify', 'own')),
    basis      text not null,
    from_at    bigint not null,
    reason     text not null,
    decided_by uuid not null,
    decided_at bigint not null
);
create index parameter_key on liuhen.parameter (org_id, key, from_at desc, decided_at desc);
call liuhen.protect('parameter');

-- A year of the official holiday calendar as the organisation entered it: weekdays off and weekend days worked. The last
-- entry of a year counts.
create table liuhen.holiday_year (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    year       int  not null check (year between 2000 and 2100),
    off_days   jsonb not null,
    work_days  jsonb not null,
    source     text not null,
    standing   text not null check (standing in ('verified', 'verify')),
    decided_by uuid not null,
    decided_at bigint not null
);
create index holiday_year_by_year on liuhen.holiday_year (org_id, year, decided_at desc);
call liuhen.protect('holiday_year');
