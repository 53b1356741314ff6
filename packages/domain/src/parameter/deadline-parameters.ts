import { OTHER_DEADLINES } from './other-deadlines.ts';
import { PENALTY_DEADLINES } from './penalty-deadlines.ts';

/** Terms of penalties, coercion, licences, complaints and recordings. */
export const DEADLINE_PARAMETERS = { ...PENALTY_DEADLINES, ...OTHER_DEADLINES };
