import type { Procedure, ProcedureId } from './case.ts';
import { COERCION } from './procedures/coercion.ts';
import { COMPLAINT } from './procedures/complaint.ts';
import { HEARING } from './procedures/hearing.ts';
import { LICENCE } from './procedures/licence.ts';
import { PENALTY } from './procedures/penalty.ts';
import { PRESERVATION } from './procedures/preservation.ts';
import { SIMPLE_PENALTY } from './procedures/simple-penalty.ts';

/** One table of steps per procedure. States and steps are for ever: cases name them. */
export const PROCEDURE_TABLES: Readonly<Record<ProcedureId, Procedure>> = {
    penalty: PENALTY,
    simplePenalty: SIMPLE_PENALTY,
    coercion: COERCION,
    preservation: PRESERVATION,
    hearing: HEARING,
    licence: LICENCE,
    complaint: COMPLAINT,
};
