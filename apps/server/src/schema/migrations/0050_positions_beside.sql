-- Which recording a docked file of positions lay beside, once that was looked for: a track is shown with the recording it is of.
alter table liuhen.dock_item add column beside_id uuid references liuhen.recording (id);
create index dock_item_beside on liuhen.dock_item (beside_id) where beside_id is not null;
