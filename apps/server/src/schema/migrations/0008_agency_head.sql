-- 行政机关负责人 and 印章管理员 act in the system: the agency's head is another person in another post than the institute's.
alter table liuhen.role_grant drop constraint role_known;
alter table liuhen.role_grant add constraint role_known check (role in ('officer', 'assistant', 'recordingManager', 'sectionHead',
    'legalReviewer', 'instituteHead', 'agencyHead', 'sealKeeper', 'archivist', 'inspector', 'systemAdmin', 'securityAdmin', 'auditAdmin'));
