import type { Clause } from './clause.ts';
import { ANNEX1_AT_THE_SCENE } from './clauses/annex1-at-the-scene.ts';
import { ANNEX1_BEFORE_USE } from './clauses/annex1-before-use.ts';
import { ANNEX1_KEEPING_AND_USE } from './clauses/annex1-keeping-and-use.ts';
import { ANNEX1_MANAGING } from './clauses/annex1-managing.ts';
import { ANNEX2 } from './clauses/annex2.ts';
import { ANNEX3_ARCHIVES } from './clauses/annex3-archives.ts';
import { ANNEX3_USE_AND_END } from './clauses/annex3-use-and-end.ts';
import { MAIN_DOCUMENTS_AND_SCENARIOS } from './clauses/main-documents-and-scenarios.ts';
import { MAIN_EQUIPMENT_AND_DATA } from './clauses/main-equipment-and-data.ts';
import { MAIN_INSTITUTIONS } from './clauses/main-institutions.ts';

/** Every demand of 沪卫监督〔2020〕42号, in the order of the notice. */
export const CLAUSES: readonly Clause[] = [
    ...MAIN_DOCUMENTS_AND_SCENARIOS,
    ...MAIN_EQUIPMENT_AND_DATA,
    ...MAIN_INSTITUTIONS,
    ...ANNEX1_BEFORE_USE,
    ...ANNEX1_AT_THE_SCENE,
    ...ANNEX1_MANAGING,
    ...ANNEX1_KEEPING_AND_USE,
    ...ANNEX2,
    ...ANNEX3_ARCHIVES,
    ...ANNEX3_USE_AND_END,
];
