-- What waits for the one who wrote it; what waits for a role has document_waiting.
create index document_own_waiting on liuhen.document (org_id, author_id) where waits_for is not null;
