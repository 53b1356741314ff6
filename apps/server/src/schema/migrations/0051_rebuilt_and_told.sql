-- Damaged recordings for which none lent its parameters: looked for whenever one of the same recorder or model comes in.
create index derived_item_no_reference on liuhen.derived_item (org_id) where reason = 'noReference';

-- When the docking computer says that it erased the file, by its own clock; erased_at is when it told us.
alter table liuhen.dock_item add column erased_said_at bigint;

-- When it was looked for what a file of positions lay beside. Those docked before that was kept have a time for their clock alone.
alter table liuhen.dock_item add column beside_sought_at bigint;
create index dock_item_beside_unsought on liuhen.dock_item (org_id)
    where clock_done_at is not null and beside_id is null and beside_sought_at is null and facts ? 'besides';
