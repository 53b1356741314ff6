-- What was read on the sheets of a scan, and what a person said about them: JSON of `ScanReading`. Null until it was read.
alter table liuhen.document_scan add column reading text;
alter table liuhen.document_scan add column read_at bigint;
alter table liuhen.document_scan drop constraint document_scan_finding_check;
alter table liuhen.document_scan add constraint document_scan_finding_check check (finding in (
    'waiting', 'matches', 'settled', 'pagesWrong', 'digestDiffers', 'otherDocument', 'olderPrint', 'draftPrint', 'noCode',
    'notReadable', 'programMissing', 'notRead', 'damaged'));
