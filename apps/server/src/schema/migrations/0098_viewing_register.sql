-- The register of viewings (附件1 第19条) is read newest first, of everybody or of one person.
create index viewing_register on liuhen.viewing (org_id, opened_at desc, id desc);
create index viewing_person on liuhen.viewing (person_id, opened_at desc, id desc);
create index picture_look_register on liuhen.picture_look (org_id, opened_at desc, id desc);
create index picture_look_person on liuhen.picture_look (person_id, opened_at desc, id desc);
