-- The stretch of time that an answer is about: as it stood when it was given, and from its acceptance on as it stood then. Later fits of a
-- clock move the stretch of the finding, never what somebody accepted. Null: from before this was kept, or about no stretch.
alter table liuhen.finding_answer
    add column from_at bigint,
    add column to_at bigint,
    add check ((from_at is null) = (to_at is null));

-- Since when a confirmed violation is no longer found, because facts came after that. It stands until somebody settles it.
alter table liuhen.finding
    add column gone_since bigint,
    add constraint finding_gone check (gone_since is null or state = 'stands');
create index finding_gone on liuhen.finding (org_id) where gone_since is not null;

-- What somebody ruled on a finding: that it is a violation, and that by facts which came later it is none. Neither takes the other away.
create table liuhen.finding_ruling (
    id         uuid primary key,
    org_id     uuid not null,
    version    int  not null,
    command_id uuid not null,
    finding_id uuid not null references liuhen.finding (id),
    kind       text not null check (kind in ('confirmed', 'revised')),
    words      text not null,
    ruled_by   uuid not null references liuhen.person (id),
    ruled_at   bigint not null,
    -- The stretch of time that the finding was about then.
    from_at    bigint,
    to_at      bigint
);
create index finding_ruling_of on liuhen.finding_ruling (finding_id, ruled_at);
create index finding_ruling_by on liuhen.finding_ruling (ruled_by) where kind = 'confirmed';
call liuhen.protect('finding_ruling');
