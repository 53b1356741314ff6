-- Which confirmed finding an outcome followed (正文三(四)).
alter table liuhen.outcome add column finding_id uuid references liuhen.finding (id);
create index outcome_finding on liuhen.outcome (finding_id) where finding_id is not null;

-- That one of its acts was drawn concerns an organisation, whoever draws: of such an act it is asked what only a person can say.
create policy drawn_from on liuhen.inspection_sheet for select to liuhen_app, liuhen_reader
    using (act_org_id = any ((select liuhen.read_orgs())::uuid[]));
create index inspection_sheet_drawn on liuhen.inspection_sheet (act_org_id, act_id);
