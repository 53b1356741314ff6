import type { DocumentType } from '../document-type.ts';
import type { Template } from '../template.ts';
import { PENALTY_DECISION } from './penalty-decision.ts';
import { SCENE_RECORD } from './scene-record.ts';
import { SUPERVISION_OPINION } from './supervision-opinion.ts';

/** Every template ever used, all versions. Nothing is taken out of this list and nothing in it is changed once used. */
export const TEMPLATES: readonly Template[] = [SCENE_RECORD, SUPERVISION_OPINION, PENALTY_DECISION];

/** The template new documents of a type take on a day of Shanghai's calendar, or `undefined` when none is in force. */
export const templateOf = (type: DocumentType, day: string): Template | undefined =>
    TEMPLATES.find((each) => each.type === type && each.from <= day && (each.to === undefined || day <= each.to));

/** The template a document names. */
export const templateByVersion = (type: DocumentType, version: number): Template | undefined =>
    TEMPLATES.find((each) => each.type === type && each.version === version);
