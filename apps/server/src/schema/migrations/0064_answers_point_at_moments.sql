-- An explanation that was spoken: the moment of a recording of the act to which an answer points (附件1 第10条).
alter table liuhen.finding_answer add column recording_id uuid references liuhen.recording (id);
alter table liuhen.finding_answer add column media_ms bigint check (media_ms >= 0);
alter table liuhen.finding_answer add check ((recording_id is null) = (media_ms is null));
