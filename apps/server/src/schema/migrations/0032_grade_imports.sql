-- A list of 风险等级 and 信用等级 is imported as a list of parties is: previewed, confirmed, carried out row by row.
-- Null: a list of parties. The source and the reason are those of rows that do not say theirs.
alter table liuhen.party_import
    add column about  text check (about = 'grades'),
    add column source text,
    add column reason text,
    add constraint party_import_grades_stated check ((about is null) = (source is null) and (about is null) = (reason is null));
