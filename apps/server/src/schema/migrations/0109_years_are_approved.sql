-- A year of the holiday calendar moves terms as a parameter does, and is proposed by one person and approved by another in the same way:
-- a proposal is about the one or the other. Of a year `value` holds the days off and the days worked, `basis` the notice they come from.
alter table liuhen.parameter_proposal
    alter column key drop not null,
    add column year int check (year between 2000 and 2100),
    -- The entry of the year that counted when it was proposed; null: what came with the software, or none.
    add column replaces_year_id uuid references liuhen.holiday_year (id),
    add constraint parameter_proposal_about check (num_nonnulls(key, year) = 1),
    -- A year counts whole and from its approval on; what the State Council announced is no setting of one's own.
    add constraint parameter_proposal_of_year
        check (year is null or (standing <> 'own' and from_day is null and replaces_id is null)),
    add constraint parameter_proposal_of_key check (key is null or replaces_year_id is null);
create index parameter_proposal_year on liuhen.parameter_proposal (org_id, year, proposed_at desc) where year is not null;

-- What was entered before approval was asked for names no proposal and keeps its standing; whatever comes now names the one approved.
alter table liuhen.holiday_year
    add column proposal_id uuid references liuhen.parameter_proposal (id),
    add constraint holiday_year_approved check (proposal_id is not null) not valid,
    add constraint holiday_year_once unique (proposal_id);
