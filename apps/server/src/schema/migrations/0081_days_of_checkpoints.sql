-- Finds the last checkpoint of a day, for the sheet that is printed of it.
create index checkpoint_day on ledger.checkpoint (org_id, hash, at, size);
