-- The review sheet for which a recording was played (稽查考核): of an act of another organisation, whose register of viewings this is.
-- Null: played for a reason that somebody wrote.
alter table liuhen.viewing add column sheet_id uuid references liuhen.inspection_sheet (id);
create index viewing_sheet on liuhen.viewing (sheet_id) where sheet_id is not null;
