-- Documents that were sent back or found at fault are few beside all steps: figures by month count them here.
create index document_step_error on liuhen.document_step (org_id, at) include (document_id) where step in ('returned', 'faultFound');
