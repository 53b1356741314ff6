-- The city reads the findings of all its districts newest first: without an order of its own each page would sort all of them.
create index finding_time on liuhen.finding (found_at desc, id desc);
-- Words of a search name people: what is theirs is found without reading all findings.
create index finding_owner_any on liuhen.finding (owner_id);
create index finding_person on liuhen.finding (person_id);
