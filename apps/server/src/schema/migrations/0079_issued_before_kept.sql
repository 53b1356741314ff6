-- A package holds the entry of its own issuing, so it is issued (its list is entered) before the whole of it lies in storage. One that was
-- issued and came to nothing stays in the register without bytes; of one retrieval one package at most is kept.
alter table liuhen.retrieval_package
    alter column blob_id drop not null,
    drop constraint retrieval_package_once;
create unique index retrieval_package_once on liuhen.retrieval_package (retrieval_id) where blob_id is not null;
create index retrieval_package_of on liuhen.retrieval_package (retrieval_id);
