/** Closed list of roles a person can hold in an organisation. `duty` keeps the three administrators apart from content. */
export const ROLES = [
    'officer',
    'assistant',
    'recordingManager',
    'sectionHead',
    'legalReviewer',
    'instituteHead',
    'archivist',
    'inspector',
    'systemAdmin',
    'securityAdmin',
    'auditAdmin',
] as const;
export type Role = (typeof ROLES)[number];

/**
 * The duty a role belongs to. One person holds roles of one duty only (a database constraint keeps it):
 * 系统管理员, 安全管理员 and 审计管理员 exclude each other and none of them can open content.
 */
export type Duty = 'content' | 'system' | 'security' | 'audit';

export const DUTY_OF: Readonly<Record<Role, Duty>> = {
    officer: 'content',
    assistant: 'content',
    recordingManager: 'content',
    sectionHead: 'content',
    legalReviewer: 'content',
    instituteHead: 'content',
    archivist: 'content',
    inspector: 'content',
    systemAdmin: 'system',
    securityAdmin: 'security',
    auditAdmin: 'audit',
};

/** Everything an endpoint can ask for. An endpoint names exactly one; what is not granted is denied. */
export const PERMISSIONS = [
    'organisation.view',
    'organisation.manage',
    'person.list',
    'person.manage',
    'account.manage',
    'role.grant',
    'party.list',
    'party.manage',
    'device.list',
    'device.manage',
    'act.list',
    'act.manage',
    'recording.list',
    'recording.upload',
    'recording.file',
    'recording.play',
    'ledger.view',
    'ledger.viewBody',
    'system.status',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

const READ_CONTENT: readonly Permission[] = [
    'organisation.view',
    'person.list',
    'party.list',
    'device.list',
    'act.list',
    'recording.list',
    'recording.play',
    'ledger.view',
];

/** What each role may do inside its own organisation. The table is the policy: reviewed as data, tested as data. */
export const PERMISSIONS_OF: Readonly<Record<Role, readonly Permission[]>> = {
    officer: [...READ_CONTENT, 'party.manage', 'act.manage', 'recording.upload', 'recording.file'],
    assistant: [
        'organisation.view',
        'person.list',
        'party.list',
        'device.list',
        'act.list',
        'recording.list',
        'recording.upload',
    ],
    recordingManager: [...READ_CONTENT, 'device.manage', 'recording.upload', 'recording.file'],
    sectionHead: [...READ_CONTENT, 'party.manage', 'act.manage', 'ledger.viewBody'],
    legalReviewer: [...READ_CONTENT, 'ledger.viewBody'],
    instituteHead: [...READ_CONTENT, 'ledger.viewBody'],
    archivist: READ_CONTENT,
    inspector: [...READ_CONTENT, 'ledger.viewBody'],
    systemAdmin: [
        'organisation.view',
        'organisation.manage',
        'person.list',
        'person.manage',
        'account.manage',
        'device.list',
        'system.status',
    ],
    securityAdmin: ['organisation.view', 'person.list', 'role.grant', 'account.manage', 'system.status'],
    auditAdmin: ['organisation.view', 'person.list', 'ledger.view', 'ledger.viewBody', 'system.status'],
};
