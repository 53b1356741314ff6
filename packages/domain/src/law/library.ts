import type { Law } from './law.ts';
import { MEDICAL_LAWS } from './library/medical.ts';
import { PROCEDURE_LAWS } from './library/procedure.ts';
import { PUBLIC_HEALTH_LAWS } from './library/public-health.ts';
import { SHANGHAI_LAWS } from './library/shanghai.ts';

/** Every edition the citation picker knows. An id is for ever: documents name it. */
export const LAWS: readonly Law[] = [...PROCEDURE_LAWS, ...MEDICAL_LAWS, ...PUBLIC_HEALTH_LAWS, ...SHANGHAI_LAWS];

const BY_ID = new Map(LAWS.map((each) => [each.id, each]));

export const lawById = (id: string): Law | undefined => BY_ID.get(id);

/** Whether an edition is in force on a day of Shanghai's calendar, `YYYY-MM-DD`. */
export const lawInForce = (law: Law, day: string): boolean => law.from <= day && (law.to === undefined || day <= law.to);
