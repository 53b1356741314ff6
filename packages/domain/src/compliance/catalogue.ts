import { ANNEX1_AT_THE_SCENE_TREATMENTS } from './catalogue/annex1-at-the-scene.ts';
import { ANNEX1_BEFORE_USE_TREATMENTS } from './catalogue/annex1-before-use.ts';
import { ANNEX1_KEEPING_AND_USE_TREATMENTS } from './catalogue/annex1-keeping-and-use.ts';
import { ANNEX1_MANAGING_TREATMENTS } from './catalogue/annex1-managing.ts';
import { ANNEX2_TREATMENTS } from './catalogue/annex2.ts';
import { ANNEX3_ARCHIVES_TREATMENTS } from './catalogue/annex3-archives.ts';
import { ANNEX3_USE_AND_END_TREATMENTS } from './catalogue/annex3-use-and-end.ts';
import { MAIN_DOCUMENTS_AND_SCENARIOS_TREATMENTS } from './catalogue/main-documents-and-scenarios.ts';
import { MAIN_EQUIPMENT_AND_DATA_TREATMENTS } from './catalogue/main-equipment-and-data.ts';
import { MAIN_INSTITUTIONS_TREATMENTS } from './catalogue/main-institutions.ts';
import type { Clause } from './clause.ts';
import { CLAUSES } from './clauses.ts';
import { lacksOf, type Treatment, type Treatments } from './treatment.ts';

/** One file for each subject; a clause stands in exactly one of them. */
export const TREATMENTS_BY_SUBJECT: readonly Treatments[] = [
    MAIN_DOCUMENTS_AND_SCENARIOS_TREATMENTS,
    MAIN_EQUIPMENT_AND_DATA_TREATMENTS,
    MAIN_INSTITUTIONS_TREATMENTS,
    ANNEX1_BEFORE_USE_TREATMENTS,
    ANNEX1_AT_THE_SCENE_TREATMENTS,
    ANNEX1_MANAGING_TREATMENTS,
    ANNEX1_KEEPING_AND_USE_TREATMENTS,
    ANNEX2_TREATMENTS,
    ANNEX3_ARCHIVES_TREATMENTS,
    ANNEX3_USE_AND_END_TREATMENTS,
];

export type CatalogueItem = { readonly clause: Clause; readonly treatment: Treatment };

/** Every demand of the notice with what the system does about it, in the order of the notice. */
export const CATALOGUE: readonly CatalogueItem[] = CLAUSES.map((clause) => {
    const treatment = TREATMENTS_BY_SUBJECT.map((each) => each[clause.id]).find((each) => each !== undefined);
    if (treatment === undefined) throw new Error(`no treatment of ${clause.id}`);
    return { clause, treatment };
});

/** How a clause stands with the system: `partly` is one that says itself what it lacks. */
export const BUILDS = ['rule', 'feature', 'partly', 'attestation', 'notBuilt', 'notJudged'] as const;
export type Build = (typeof BUILDS)[number];

export const buildOf = (treatment: Treatment): Build => (lacksOf(treatment) === undefined ? treatment.as : 'partly');
