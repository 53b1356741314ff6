-- 协管员 on a task: they go along and support, and never count towards the two officers (附件1 第5条). Null: an officer.
alter table liuhen.task_officer add column part text check (part in ('officer', 'assistant'));
