-- A copy that was moved to another store leaves its bytes where they were until they are erased there: which store that is, and when
-- the log was told that they go. Nullable, so that rows already in the log keep their digests.
alter table liuhen.blob_copy add column former_store text;
alter table liuhen.blob_copy add column former_erased_at bigint;
create index blob_copy_in_store on liuhen.blob_copy (org_id, store, id);
