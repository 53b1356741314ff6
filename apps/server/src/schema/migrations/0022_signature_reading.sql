-- How the party came to know what it signed, and what it wrote beneath: “以上笔录属实” (《卫生行政执法文书规范》第9条 by its wording of
-- 2002). Null where nobody noted it.
alter table liuhen.document_signature
    add column reading text check (reading in ('byParty', 'aloud')),
    add column statement text;
