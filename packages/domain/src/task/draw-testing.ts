import type { DrawLists, DrawObject, DrawOfficer } from './draw.ts';

const idOf = (kind: string, number: number): string => `${kind}0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export const object = (number: number, more: Partial<DrawObject> = {}): DrawObject => ({
    id: idOf('a', number),
    name: `对象${number}`,
    grade: 'B',
    weight: 1,
    inspections: 0,
    closed: false,
    openTask: false,
    ...more,
});

export const officer = (number: number): DrawOfficer => ({
    id: idOf('b', number),
    name: `监督员${number}`,
    certificateNumber: `3101${number}`,
});

export const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

export const lists = (more: Partial<DrawLists> = {}): DrawLists => ({
    v: 1,
    title: '2026 年第四季度公共场所双随机抽查',
    year: 2026,
    objects: range(12).map((each) => object(each)),
    officers: range(5).map(officer),
    avoidances: [],
    rules: { strata: [{ grade: 'B', take: { number: 4 } }], officersPerObject: 2 },
    ...more,
});
