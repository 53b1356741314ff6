import { creditCodeCheck, type DocumentContent } from '@liuhen/domain';
import { shanghai } from '../stage.ts';

/** Everything here is invented. District code 310199 does not exist. */
const CODE = '91310199MA1FC0006';

export const PARTY = {
    name: '安沐口腔门诊部（虚构）',
    kind: 'organisation' as const,
    creditCode: CODE + creditCodeCheck(CODE),
    legalRepresentative: '安沐之',
    phone: '021-00000266',
    address: '示范路 302 号',
};
export const HEAD_OF_PARTY = '安沐之';
export const PLACE = '示范路 302 号 1 层诊室、处置室和后门';
export const HEARING_ROOM = '约谈室 301';
export const AGENCY = '示范区卫生健康委员会';

export const BREACH = '超出登记的诊疗科目开展诊疗活动、将医疗废物混入生活垃圾';
export const TITLE = `${PARTY.name}${BREACH}案`;

/** Fen. What was meant, and what was decided once the hearing had been held. */
export const PROPOSED_FINE = 68_000_00;
export const FINE = 56_000_00;

/** The moments of the story, in order. */
export const AT = {
    ready: shanghai('2026-10-10 11:00'),
    visit: shanghai('2026-10-12 09:30'),
    visitEnd: shanghai('2026-10-12 09:32'),
    opened: shanghai('2026-10-12 09:45'),
    approval: shanghai('2026-10-12 10:05'),
    decisionMade: shanghai('2026-10-12 10:50'),
    seizure: shanghai('2026-10-12 11:20'),
    seizureEnd: shanghai('2026-10-12 11:22'),
    handedIn: shanghai('2026-10-12 16:40'),
    filed: shanghai('2026-10-13 15:00'),
    inquiry: shanghai('2026-10-14 10:00'),
    inquiryEnd: shanghai('2026-10-14 10:02'),
    electronic: shanghai('2026-10-15 14:20'),
    investigated: shanghai('2026-10-16 16:30'),
    panel: shanghai('2026-10-19 10:00'),
    panelEnd: shanghai('2026-10-19 10:40'),
    noticed: shanghai('2026-10-20 10:30'),
    tooEarly: shanghai('2026-10-20 15:00'),
    asked: shanghai('2026-10-22 09:20'),
    invited: shanghai('2026-10-23 15:00'),
    hearing: shanghai('2026-11-05 14:00'),
    hearingEnd: shanghai('2026-11-05 14:02'),
    opinion: shanghai('2026-11-06 11:00'),
    legal: shanghai('2026-11-09 10:00'),
    discussion: shanghai('2026-11-09 15:00'),
    discussionEnd: shanghai('2026-11-09 15:50'),
    decided: shanghai('2026-11-10 10:00'),
    disposed: shanghai('2026-11-10 14:30'),
    served: shanghai('2026-11-13 15:00'),
    servedEnd: shanghai('2026-11-13 15:01'),
    servedHandedIn: shanghai('2026-11-13 16:10'),
    published: shanghai('2026-11-16 09:30'),
    paid: shanghai('2026-11-20 10:10'),
    closed: shanghai('2026-11-20 16:00'),
} as const;

/** 医疗机构管理条例 2022 第26、46条; 医疗废物管理条例 第16、39、47条. Not compared with their print: shown as unverified. */
export const BREACHED = [
    { law: 'medicalInstitutions2022', article: 26 },
    { law: 'medicalWaste2011', article: 16 },
];
export const BASIS = [
    { law: 'medicalInstitutions2022', article: 46 },
    { law: 'medicalWaste2011', article: 47 },
];
export const SEIZURE_BASIS = [
    { law: 'medicalWaste2011', article: 39 },
    { law: 'coercion2011', article: 23 },
];
export const DISPOSAL_BASIS = [{ law: 'coercion2011', article: 27 }];

export const SEIZED = [
    { name: '使用后的一次性注射器', spec: '1 ml', quantity: 46, unit: '支', maker: '未标示', batch: '未标示', note: '带针头' },
    {
        name: '使用后的预灌封注射器（填充剂）',
        spec: '0.8 ml',
        quantity: 12,
        unit: '支',
        maker: '示例生物（虚构）',
        batch: 'X2606',
        note: '无',
    },
    {
        name: '沾有血迹的敷料、棉签',
        spec: '混装',
        quantity: 2,
        unit: '袋',
        maker: '不适用',
        batch: '不适用',
        note: '合计 1.5 千克',
    },
    { name: '黑色生活垃圾袋', spec: '80 L', quantity: 3, unit: '只', maker: '不适用', batch: '不适用', note: '装有上列物品' },
];
export const HELD: DocumentContent['held'] = SEIZED.map(({ name, spec, quantity, unit }) => ({
    name,
    spec,
    quantity,
    unit,
    place: '后门垃圾投放点',
}));
