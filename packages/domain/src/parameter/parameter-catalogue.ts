import { ACT_PARAMETERS } from './act-parameters.ts';
import { ATTESTATION_PARAMETERS } from './attestation-parameters.ts';
import { BOARD_PARAMETERS } from './board-parameters.ts';
import { CLOCK_TIME_PARAMETERS } from './clock-parameters.ts';
import { DEADLINE_PARAMETERS } from './deadline-parameters.ts';
import { DOCK_PARAMETERS } from './dock-parameters.ts';
import { DOCUMENT_PARAMETERS } from './document-parameters.ts';
import { FINDING_PARAMETERS } from './finding-parameters.ts';
import type { ParameterDefinition, ParameterValue, ValueOfKind } from './parameter.ts';
import { PROCEDURE_PARAMETERS } from './procedure-parameters.ts';
import { RETENTION_PARAMETERS } from './retention-parameters.ts';
import { TASK_PARAMETERS } from './task-parameters.ts';

/** Every dated figure and switch. A key is for ever: decisions and cases name it. Nouns add files of their own beside these. */
export const PARAMETERS = {
    ...DEADLINE_PARAMETERS,
    ...PROCEDURE_PARAMETERS,
    ...DOCUMENT_PARAMETERS,
    ...TASK_PARAMETERS,
    ...ACT_PARAMETERS,
    ...CLOCK_TIME_PARAMETERS,
    ...DOCK_PARAMETERS,
    ...BOARD_PARAMETERS,
    ...RETENTION_PARAMETERS,
    ...ATTESTATION_PARAMETERS,
    ...FINDING_PARAMETERS,
};

export type ParameterKey = keyof typeof PARAMETERS;
export const PARAMETER_KEYS = Object.keys(PARAMETERS) as readonly ParameterKey[];
export const isParameterKey = (key: string): key is ParameterKey => Object.hasOwn(PARAMETERS, key);

export const parameterDefinition = (key: ParameterKey): ParameterDefinition => PARAMETERS[key];

/** The type of a key's value. */
export type ParameterValueOf<K extends ParameterKey> = ValueOfKind[(typeof PARAMETERS)[K]['kind']] & ParameterValue;

/** Keys whose value is a term. */
export type DeadlineKey = keyof typeof DEADLINE_PARAMETERS;
