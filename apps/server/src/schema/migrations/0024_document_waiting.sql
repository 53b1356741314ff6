-- What waits for a role is counted and put in order from the index alone: the rows lie scattered among all that is done, and
-- fetching each of them only to see who wrote it took most of the time.
drop index liuhen.document_waiting;
create index document_waiting on liuhen.document (org_id, waits_for, made_at desc, id desc) include (author_id, act_id, writer_ids)
    where waits_for is not null;
