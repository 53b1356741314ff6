-- Which acts are secret, and what is evidence, is read from the index alone: row-level security asks for the organisation of each,
-- and without it in the index every list looked at thousands of acts one by one.
drop index liuhen.act_secret_id;
create index act_secret_id on liuhen.act (id) include (org_id) where secrecy is not null;
drop index liuhen.case_evidence_target;
create index case_evidence_target on liuhen.case_evidence (target_id) include (kind, org_id)
    where withdrawn_at is null and target_id is not null;
