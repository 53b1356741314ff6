import type { ProcedureId } from './case.ts';

/** States in which nothing more happens. Stands apart from the tables, whose guards ask for it. */
export const ENDED: Readonly<Record<ProcedureId, readonly string[]>> = {
    penalty: ['closed', 'notFiled', 'dropped', 'transferred'],
    simplePenalty: ['closed', 'converted', 'dropped'],
    coercion: ['closed', 'refused'],
    preservation: ['closed', 'refused'],
    hearing: ['closed', 'waived'],
    licence: ['closed', 'notAccepted', 'withdrawn'],
    complaint: ['closed'],
};

export const isEnded = (procedure: ProcedureId, state: string): boolean => ENDED[procedure].includes(state);
