create extension if not exists btree_gist with schema public;
create extension if not exists pg_trgm with schema public;

create table liuhen.organisation (
    id         uuid primary key,
    org_id     uuid not null check (org_id = id),
    version    int  not null,
    command_id uuid not null,
    parent_id  uuid references liuhen.organisation (id),
    code       text not null unique,
    name       text not null,
    kind       text not null check (kind in ('cityCommission', 'districtCommission', 'cityInstitute', 'districtInstitute'))
);
call liuhen.protect('organisation');
-- Names and places in the tree are no secret inside the system: everybody signed in sees them.
create policy tree_is_open on liuhen.organisation for select to liuhen_app, liuhen_reader using (true);

create table liuhen.department (
    id         uuid primary key,
    org_id     uuid not null references liuhen.organisation (id),
    version    int  not null,
    command_id uuid not null,
    name       text not null,
    constraint department_name unique (org_id, name)
);
call liuhen.protect('department');

create table liuhen.person (
    id                 uuid primary key,
    org_id             uuid not null references liuhen.organisation (id),
    version            int  not null,
    command_id         uuid not null,
    name               text not null,
    kind               text not null check (kind in ('officer', 'assistant', 'staff')),
    certificate_number text,
    department_id      uuid references liuhen.department (id),
    posts              text[] not null default '{}',
    left_at            bigint,
    search_text        text not null,
    constraint person_certificate unique (org_id, certificate_number),
    constraint officer_has_certificate check (kind <> 'officer' or certificate_number is not null)
);
create index person_by_name on liuhen.person (org_id, name collate "zh-Hans-CN-x-icu", id);
call liuhen.protect('person');

create table liuhen.account (
    id                    uuid primary key references liuhen.person (id),
    org_id                uuid not null references liuhen.organisation (id),
    version               int  not null,
    command_id            uuid not null,
    login                 text not null,
    password_hash         text not null,
    must_change_password  boolean not null,
    failed_count          int not null default 0,
    last_failed_at        bigint,
    locked_until          bigint,
    -- Encrypted with the key in the data folder, never plain.
    totp_secret           bytea,
    totp_confirmed        boolean not null default false,
    -- A code is good once: the last time step that was used.
    totp_last_step        bigint,
    last_sign_in_at       bigint,
    ended_at              bigint,
    constraint account_login unique (login)
);
call liuhen.protect('account');

create table liuhen.role_grant (
    id         uuid primary key,
    org_id     uuid not null references liuhen.organisation (id),
    version    int  not null,
    command_id uuid not null,
    person_id  uuid not null references liuhen.person (id),
    role       text not null,
    duty       text not null,
    granted_by uuid not null,
    valid_from bigint not null,
    ended_at   bigint,
    constraint role_has_its_duty check (duty = case role
        when 'systemAdmin' then 'system' when 'securityAdmin' then 'security' when 'auditAdmin' then 'audit' else 'content' end),
    constraint role_known check (role in ('officer', 'assistant', 'recordingManager', 'sectionHead', 'legalReviewer',
        'instituteHead', 'archivist', 'inspector', 'systemAdmin', 'securityAdmin', 'auditAdmin')),
    -- 系统/安全/审计管理员 exclude each other and every content role: one person, one duty.
    constraint one_duty_per_person exclude using gist (person_id with =, duty with <>) where (ended_at is null),
    constraint role_once exclude using gist (person_id with =, role with =) where (ended_at is null)
);
call liuhen.protect('role_grant');

create table liuhen.session (
    id             uuid primary key,
    org_id         uuid not null,
    person_id      uuid not null,
    token_hash     bytea not null unique check (octet_length(token_hash) = 32),
    created_at     bigint not null,
    last_seen_at   bigint not null,
    ends_at        bigint not null,
    ended_at       bigint,
    ended_because  text,
    client_address text,
    user_agent     text
);
create index session_person on liuhen.session (person_id) where ended_at is null;
call liuhen.protect_operational('session');

-- Before anybody is known no organisation is in scope: these two say only whose row it is.
create function liuhen.whose_login(p_login text) returns table (person_id uuid, org_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select a.id, a.org_id from liuhen.account a where a.login = p_login and a.ended_at is null $$;

create function liuhen.whose_session(p_token_hash bytea) returns table (session_id uuid, person_id uuid, org_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select s.id, s.person_id, s.org_id from liuhen.session s where s.token_hash = p_token_hash and s.ended_at is null $$;

create function liuhen.is_set_up() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select exists (select from liuhen.organisation) $$;

-- An organisation with all below it: what a person of a commission may be allowed to read.
create function liuhen.org_subtree(p_root uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with recursive below as (
        select id from liuhen.organisation where id = p_root
        union all
        select o.id from liuhen.organisation o join below b on o.parent_id = b.id
    ) select id from below
$$;
revoke all on function liuhen.whose_login, liuhen.whose_session, liuhen.is_set_up, liuhen.org_subtree from public;
grant execute on function liuhen.whose_login, liuhen.whose_session, liuhen.is_set_up, liuhen.org_subtree to liuhen_app;
