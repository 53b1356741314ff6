-- How many acts of a figure are secret is counted from the secret ones to their judgements: with what the figures ask for beside the key, no row
-- of a judgement is read for it. It takes the place of the index that holds one judgement to an act.
alter table liuhen.act_judgement drop constraint act_judgement_act_id_key,
    add constraint act_judgement_act_id_key unique (act_id)
        include (id, org_id, starts_at, verdict, scenario, lead_id, interruptions, late, open_gaps);

-- Which acts are secret, without reading them.
drop index liuhen.act_secret;
create index act_secret on liuhen.act (org_id) include (id, secrecy) where secrecy is not null;

-- The few judgements with a late recording or an unexplained gap, by kind and officer, without reading their rows.
drop index liuhen.act_judgement_late;
create index act_judgement_late on liuhen.act_judgement (org_id, starts_at, id) include (act_id, verdict, scenario, lead_id)
    where late is distinct from 0;
drop index liuhen.act_judgement_open_gap;
create index act_judgement_open_gap on liuhen.act_judgement (org_id, starts_at, id) include (act_id, verdict, scenario, lead_id)
    where open_gaps is distinct from 0;
