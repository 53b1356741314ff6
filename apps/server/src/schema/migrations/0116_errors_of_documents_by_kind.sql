-- Errors of documents with what they are counted by: of the kind of their act every document and every act was looked up, over ten years of a
-- city a hundred thousand of each. No evidence: it follows from document_step, document and act at any time (recount_document_errors).
create table liuhen.document_error (
    step_id     uuid primary key,
    document_id uuid not null,
    org_id      uuid not null,
    at          bigint not null,
    author_id   uuid,
    act_id      uuid,
    -- Of the act that the document is about; null: it is about none.
    scenario    text
);
create index document_error_place on liuhen.document_error (org_id, at) include (step_id, author_id, act_id, scenario);
create index document_error_document on liuhen.document_error (document_id);
create index document_error_act on liuhen.document_error (act_id) where act_id is not null;
call liuhen.protect_operational('document_error');

create function liuhen.document_errors_of(p_step uuid default null) returns setof liuhen.document_error language sql stable as $$
    select s.id, d.id, s.org_id, s.at, d.author_id, d.act_id, a.scenario
    from liuhen.document_step s join liuhen.document d on d.id = s.document_id left join liuhen.act a on a.id = d.act_id
    where s.step in ('returned', 'faultFound') and (p_step is null or s.id = p_step)
$$;

create function liuhen.count_document_error() returns trigger language plpgsql as $$
begin
    insert into liuhen.document_error select * from liuhen.document_errors_of(new.id);
    return null;
end $$;
create trigger counted after insert on liuhen.document_step for each row
    when (new.step in ('returned', 'faultFound')) execute function liuhen.count_document_error();

-- Its author and its act are those of today, as in the lists.
create function liuhen.move_document_errors() returns trigger language plpgsql as $$
begin
    update liuhen.document_error
    set author_id = new.author_id, act_id = new.act_id, scenario = (select scenario from liuhen.act where id = new.act_id)
    where document_id = new.id;
    return null;
end $$;
create trigger counted_again after update of author_id, act_id on liuhen.document for each row
    when ((old.author_id, old.act_id) is distinct from (new.author_id, new.act_id)) execute function liuhen.move_document_errors();

create function liuhen.rename_document_errors() returns trigger language plpgsql as $$
begin
    update liuhen.document_error set scenario = new.scenario where act_id = new.id;
    return null;
end $$;
create trigger errors_counted_again after update of scenario on liuhen.act for each row
    when (old.scenario is distinct from new.scenario) execute function liuhen.rename_document_errors();

create procedure liuhen.recount_document_errors() language sql as $$
    delete from liuhen.document_error;
    insert into liuhen.document_error select * from liuhen.document_errors_of();
$$;
call liuhen.recount_document_errors();

drop index liuhen.document_step_error;
