import type { DocumentType } from '../document-type.ts';
import type { Template } from '../template.ts';
import { CASE_PAPER_TEMPLATES } from './case-papers.ts';
import { COERCION_TEMPLATES } from './coercion.ts';
import { COMPLAINT_TEMPLATES } from './complaint.ts';
import { INSPECTION_TEMPLATES } from './inspection.ts';
import { LICENCE_TEMPLATES } from './licence.ts';
import { PENALTY_DECISION } from './penalty-decision.ts';
import { PENALTY_NOTICE_TEMPLATES } from './penalty-notices.ts';
import { PRESERVATION_TEMPLATES } from './preservation.ts';
import { RECORDING_PAPER_TEMPLATES } from './recording-papers.ts';
import { RECORD_TEMPLATES } from './records.ts';
import { SAMPLING_TEMPLATES } from './sampling.ts';
import { SCENE_RECORD } from './scene-record.ts';
import { SERVICE_TEMPLATES } from './service.ts';
import { SPOT_PENALTY_TEMPLATES } from './spot-penalty.ts';
import { SUPERVISION_OPINION } from './supervision-opinion.ts';

/** Every template ever used, all versions. Nothing is taken out of this list and nothing in it is changed once used. */
export const TEMPLATES: readonly Template[] = [
    SCENE_RECORD,
    SUPERVISION_OPINION,
    PENALTY_DECISION,
    ...SAMPLING_TEMPLATES,
    ...INSPECTION_TEMPLATES,
    ...COERCION_TEMPLATES,
    ...CASE_PAPER_TEMPLATES,
    ...RECORD_TEMPLATES,
    ...PRESERVATION_TEMPLATES,
    ...PENALTY_NOTICE_TEMPLATES,
    ...SPOT_PENALTY_TEMPLATES,
    ...SERVICE_TEMPLATES,
    ...LICENCE_TEMPLATES,
    ...RECORDING_PAPER_TEMPLATES,
    ...COMPLAINT_TEMPLATES,
];

/** The template new documents of a type take on a day of Shanghai's calendar, or `undefined` when none is in force. */
export const templateOf = (type: DocumentType, day: string): Template | undefined =>
    TEMPLATES.find((each) => each.type === type && each.from <= day && (each.to === undefined || day <= each.to));

/** The template a document names. */
export const templateByVersion = (type: DocumentType, version: number): Template | undefined =>
    TEMPLATES.find((each) => each.type === type && each.version === version);
