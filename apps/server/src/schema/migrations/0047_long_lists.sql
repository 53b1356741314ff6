-- The list of recordings by each of its filters, newest received first: a page and its count are read from an index, however
-- many recordings there are. `recording_by_received` of 0004 serves the list without a filter.
create index recording_of_device on liuhen.recording (org_id, device_id, received_at desc, id desc);
create index recording_of_person on liuhen.recording (org_id, person_id, received_at desc, id desc);
create index recording_unfiled on liuhen.recording (org_id, received_at desc, id desc) where act_id is null;
create index recording_unsealed on liuhen.recording (org_id, state, received_at desc, id desc) where state <> 'sealed';
create index recording_with_findings on liuhen.recording (org_id, received_at desc, id desc)
    where coalesce(jsonb_array_length(inspection -> 'findings'), 0) > 0;

-- Each row of the list is looked for among the secret acts, which are few.
create index act_secret_id on liuhen.act (id) where secrecy is not null;

-- When it ran. Nearly all recordings run for less than half a day and come in within two days, so that both ends and the receipt
-- of what ran on a day lie close together in one index; what came in late and what ran longer stand in indexes of their own, and
-- a list asks all three. Conditions are word by word those of `recording-time-filter.ts`: an index serves a query that says the
-- same. `case` and not `coalesce`, which row-level security keeps from every index.
create index recording_by_start on liuhen.recording (org_id, (case when true_start is null then device_start else true_start end));
create index recording_late_by_start on liuhen.recording (org_id, (case when true_start is null then device_start else true_start end))
    where (case when true_end is not null then true_end when device_end is not null then device_end else device_start end) - (case when true_start is null then device_start else true_start end) between 0 and 43200000
    and (received_at - (case when true_end is not null then true_end when device_end is not null then device_end else device_start end) between -86400000 and 172800000) is not true;
create index recording_late_by_received on liuhen.recording (org_id, received_at desc, id desc)
    where (case when true_end is not null then true_end when device_end is not null then device_end else device_start end) - (case when true_start is null then device_start else true_start end) between 0 and 43200000
    and (received_at - (case when true_end is not null then true_end when device_end is not null then device_end else device_start end) between -86400000 and 172800000) is not true;
create index recording_long on liuhen.recording (org_id, received_at desc, id desc)
    where ((case when true_end is not null then true_end when device_end is not null then device_end else device_start end) - (case when true_start is null then device_start else true_start end) between 0 and 43200000) is not true
    and (true_start is not null or true_end is not null or device_start is not null or device_end is not null);
-- How many they are, which nobody could guess from the columns.
create statistics liuhen.recording_short on ((case when true_end is not null then true_end when device_end is not null then device_end else device_start end) - (case when true_start is null then device_start else true_start end) between 0 and 43200000) from liuhen.recording;
create statistics liuhen.recording_prompt on (received_at - (case when true_end is not null then true_end when device_end is not null then device_end else device_start end) between -86400000 and 172800000) from liuhen.recording;
create statistics liuhen.recording_end on (case when true_end is not null then true_end when device_end is not null then device_end else device_start end) from liuhen.recording;

-- A large content is read over several minutes: of the content after `last_blob` so many bytes were read.
alter table liuhen.scrub_round add column part_done numeric(20, 0) not null default 0;
