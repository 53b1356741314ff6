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
create index role_grant_open on liuhen.role_grant (org_id, role) where ended_at is null;
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
create index session_open on liuhen.session (last_seen_at) where ended_at is null;

-- Before anybody is known no organisation is in scope: these definer functions say only what the next step needs.
create function liuhen.whose_login(p_login text) returns table (person_id uuid, org_id uuid)
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select a.id, a.org_id from liuhen.account a where a.login = p_login and a.ended_at is null $$;

-- Who holds a token, with the roles of this very moment: nothing about rights is kept in a session.
create function liuhen.whose_session(p_token_hash bytea) returns table (session_id uuid, person_id uuid, org_id uuid, name text,
    must_change_password boolean, roles text[], last_seen_at bigint, ends_at bigint)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.id, s.person_id, s.org_id, p.name, a.must_change_password,
        array(select g.role from liuhen.role_grant g where g.person_id = s.person_id and g.ended_at is null order by g.role),
        s.last_seen_at, s.ends_at
    from liuhen.session s
    join liuhen.person p on p.id = s.person_id and p.left_at is null
    join liuhen.account a on a.id = s.person_id and a.ended_at is null
    where s.token_hash = p_token_hash and s.ended_at is null
$$;

create function liuhen.touch_session(p_session uuid, p_now bigint) returns void
language sql volatile security definer set search_path = pg_catalog, pg_temp as
$$ update liuhen.session set last_seen_at = p_now where id = p_session and ended_at is null and last_seen_at < p_now $$;

-- Sessions that are over by time, of all organisations, oldest first.
create function liuhen.expired_sessions(p_now bigint, p_idle bigint, p_most int)
returns table (session_id uuid, person_id uuid, org_id uuid, because text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    select s.id, s.person_id, s.org_id, case when s.last_seen_at + p_idle < s.ends_at then 'idle' else 'absolute' end
    from liuhen.session s
    where s.ended_at is null and (s.ends_at <= p_now or s.last_seen_at + p_idle <= p_now)
    order by s.last_seen_at limit p_most
$$;

create function liuhen.is_set_up() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select exists (select from liuhen.organisation) $$;

-- True for one transaction only: another one that asks waits for its end and then sees the organisation.
create function liuhen.claim_setup() returns boolean
language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
begin
    perform pg_advisory_xact_lock(hashtextextended('liuhen.setup', 0));
    return not exists (select from liuhen.organisation);
end $$;

-- A repeated set-up request has to find the answer of its first run, whose organisation it cannot know.
create function liuhen.whose_setup(p_command uuid) returns uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as
$$ select c.org_id from liuhen.command c where c.id = p_command and c.kind = 'setup.run' $$;

-- An organisation with all below it: what a person of a commission may be allowed to read.
create function liuhen.org_subtree(p_root uuid) returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
    with recursive below as (
        select id from liuhen.organisation where id = p_root
        union all
        select o.id from liuhen.organisation o join below b on o.parent_id = b.id
    ) select id from below
$$;
revoke all on function liuhen.whose_login, liuhen.whose_session, liuhen.touch_session, liuhen.expired_sessions,
    liuhen.is_set_up, liuhen.claim_setup, liuhen.whose_setup, liuhen.org_subtree from public;
grant execute on function liuhen.whose_login, liuhen.whose_session, liuhen.touch_session, liuhen.expired_sessions,
    liuhen.is_set_up, liuhen.claim_setup, liuhen.whose_setup, liuhen.org_subtree to liuhen_app;
