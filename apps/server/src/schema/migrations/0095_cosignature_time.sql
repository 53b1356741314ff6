-- The last words of witnesses of a log are asked for every few seconds.
create index cosignature_of_time on ledger.cosignature (org_id, at);
