-- Searches go by the fragments of 0005, which dropped the last trigram index: nothing here uses the extension of 0002 any
-- more. Where somebody else installed it, or uses it in this database, it stays.
do $$ begin
    if exists (select from pg_catalog.pg_extension where extname = 'pg_trgm' and extowner = 'liuhen_owner'::regrole) then
        drop extension pg_trgm;
    end if;
exception when dependent_objects_still_exist then null;
end $$;
