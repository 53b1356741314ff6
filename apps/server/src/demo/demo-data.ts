import { creditCodeCheck, type OrganisationKind, type PersonKind, type Post, type Role } from '@liuhen/domain';

/** Everything here is invented: people, businesses, numbers, addresses. */
export const DEMO_PASSWORD = 'Liuhen-demo-2026';

/** The day on which the fictional district was set up, and the earliest "today" of the demo (its acts lie before). */
export const FOUNDED = Date.parse('2026-10-09T08:30:00+08:00');
export const TODAY = Date.parse('2026-11-23T09:00:00+08:00');

export type DemoPerson = {
    key: string;
    name: string;
    kind: PersonKind;
    certificate?: string;
    department: string;
    posts?: Post[];
    roles: Role[];
    login: string;
};

export const ORGANISATIONS: readonly { key: string; parent?: string; code: string; name: string; kind: OrganisationKind }[] = [
    { key: 'city', code: 'SF00', name: '虚构市卫生健康委员会', kind: 'cityCommission' },
    { key: 'cityInstitute', parent: 'city', code: 'SF01', name: '虚构市卫生健康委员会监督所', kind: 'cityInstitute' },
    { key: 'district', parent: 'city', code: 'SF10', name: '示范区卫生健康委员会', kind: 'districtCommission' },
    { key: 'own', parent: 'district', code: 'SF11', name: '示范区卫生健康委员会监督所', kind: 'districtInstitute' },
];

export const DEPARTMENTS = ['监督一科', '监督二科', '法制稽查科', '办公室'] as const;

export const PEOPLE: readonly DemoPerson[] = [
    {
        key: '110207',
        name: '王予安',
        kind: 'officer',
        certificate: '110207',
        department: '监督一科',
        roles: ['officer'],
        login: 'wangyuan',
    },
    {
        key: '110215',
        name: '李若川',
        kind: 'officer',
        certificate: '110215',
        department: '监督一科',
        roles: ['officer'],
        login: 'liruochuan',
    },
    {
        key: '110233',
        name: '许知夏',
        kind: 'officer',
        certificate: '110233',
        department: '监督二科',
        posts: ['sectionHead'],
        roles: ['officer', 'sectionHead'],
        login: 'xuzhixia',
    },
    { key: 'chen', name: '陈棠', kind: 'assistant', department: '监督一科', roles: ['assistant'], login: 'chentang' },
    {
        key: 'zhou',
        name: '周芸',
        kind: 'officer',
        certificate: '110241',
        department: '法制稽查科',
        posts: ['legalReviewer'],
        roles: ['legalReviewer', 'inspector'],
        login: 'zhouyun',
    },
    {
        key: 'lin',
        name: '林知远',
        kind: 'staff',
        department: '办公室',
        posts: ['recordingManager'],
        roles: ['recordingManager'],
        login: 'linzhiyuan',
    },
    {
        key: 'gu',
        name: '顾明之',
        kind: 'officer',
        certificate: '110201',
        department: '办公室',
        posts: ['instituteHead'],
        roles: ['instituteHead'],
        login: 'gumingzhi',
    },
    {
        key: 'meng',
        name: '孟怀远',
        kind: 'staff',
        department: '办公室',
        posts: ['agencyHead'],
        roles: ['agencyHead'],
        login: 'menghuaiyuan',
    },
    { key: 'ye', name: '叶知秋', kind: 'staff', department: '办公室', roles: ['sealKeeper'], login: 'yezhiqiu' },
    {
        key: 'he',
        name: '何苇',
        kind: 'officer',
        certificate: '110262',
        department: '办公室',
        roles: ['officer'],
        login: 'hewei',
    },
    {
        key: 'shen',
        name: '沈砚',
        kind: 'officer',
        certificate: '110256',
        department: '法制稽查科',
        roles: ['officer', 'inspector'],
        login: 'shenyan',
    },
];

/** Looks down on all districts (统一领导、分级管理); what the districts do is none of their own matter. */
export const CITY_DEPARTMENTS = ['综合监督处'] as const;
export const CITY_PEOPLE: readonly DemoPerson[] = [
    {
        key: 'jiang',
        name: '江澄',
        kind: 'officer',
        certificate: '100118',
        department: '综合监督处',
        roles: ['inspector', 'instituteHead'],
        login: 'jiangcheng',
    },
];

export const ADMINISTRATORS = [
    { role: 'systemAdmin', name: '系统管理员（演示）', login: 'admin-system' },
    { role: 'securityAdmin', name: '安全管理员（演示）', login: 'admin-security' },
    { role: 'auditAdmin', name: '审计管理员（演示）', login: 'admin-audit' },
] as const;

/** District code 310199 does not exist, so no real business has these codes; the check characters are right. */
const code = (body: string): string => body + creditCodeCheck(body);

export const PARTIES = [
    {
        key: 'pool',
        name: '云汀泳池健身中心（虚构）',
        code: code('92310199MA1FC0001'),
        representative: '高见山',
        phone: '021-00000301',
        address: '示范路 266 号',
        premises: '室内恒温泳池',
    },
    {
        key: 'clinic',
        name: '康颐口腔门诊部（虚构）',
        code: code('91310199MA1FC0002'),
        representative: '沈颐',
        phone: '021-00000302',
        address: '示范路 188 号',
        premises: '2 楼诊疗区',
    },
    {
        key: 'school',
        name: '示范区启明小学（虚构）',
        code: code('12310199MB2FC0003'),
        representative: '方启明',
        phone: '021-00000303',
        address: '学林路 9 号',
        premises: '教学楼饮水间',
    },
    {
        key: 'hotel',
        name: '听澜酒店（虚构）',
        code: code('91310199MA1FC0004'),
        representative: '罗听澜',
        phone: '021-00000304',
        address: '滨河大道 58 号',
        premises: '客房与布草间',
    },
    {
        key: 'salon',
        name: '半夏理发店（虚构）',
        code: code('92310199MA1FC0005'),
        representative: '夏半',
        phone: '021-00000305',
        address: '同心路 31 弄 5 号',
        premises: '店堂',
    },
] as const;

export type DemoVisit = {
    clips: 'complete' | 'oneOfficer' | 'cutOff';
    scenario: 'licenceSiteReview' | 'routineInspection' | 'evidencePreservation';
    party: (typeof PARTIES)[number]['key'];
    assistants: string[];
    /** Its officers have nothing left to do for it. */
    ended: boolean;
    /** Whether both recorders were looked at before (附件1 第7条). */
    checked: boolean;
    /** While two go on upstairs, two others and colleagues of another agency look at a site where nothing may be recorded. */
    second?: DemoSecondSite;
};

export type DemoSecondSite = {
    place: string;
    officers: readonly string[];
    colleague: { name: string; agency: string };
    partyPerson: { name: string; relation: string };
    /** 附件1 第11条. */
    ground: string;
    confirmedBy: string;
};

export const VISITS: readonly DemoVisit[] = [
    {
        clips: 'complete',
        ended: true,
        checked: true,
        scenario: 'licenceSiteReview',
        party: 'hotel',
        assistants: [],
        second: {
            place: '地下一层洗涤化学品库',
            officers: ['110233', 'zhou'],
            colleague: { name: '秦放', agency: '示范区消防救援大队（虚构）' },
            partyPerson: { name: '罗听澜', relation: '法定代表人' },
            ground: '易燃易爆场所',
            confirmedBy: 'gu',
        },
    },
    { clips: 'oneOfficer', ended: false, checked: false, scenario: 'licenceSiteReview', party: 'school', assistants: [] },
    { clips: 'cutOff', ended: false, checked: false, scenario: 'evidencePreservation', party: 'pool', assistants: [] },
];
