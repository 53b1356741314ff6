import { documentToleranceOf } from '../../../act/coverage-facts.ts';
import { DAY, MINUTE, SECOND } from '../../../kernel/instant.ts';
import { ACT_PARAMETERS } from '../../../parameter/act-parameters.ts';
import { inForceAt } from '../../../parameter/parameter.decide.ts';

/** What organisations that tightened it allow between documents and recordings (附件1 第10条). */
export const TIGHT = { ms: 20 * SECOND, seconds: 20 };

/** From when on an organisation allows less than the minute to which documents are written: every third one, from the middle of the months. */
export const tightenedFrom = (city: { readonly from: number; readonly months: number }, organisation: number): number | null =>
    organisation % 3 === 1 ? city.from + Math.floor((city.months * 30) / 2) * DAY : null;

/** What was allowed at a moment, as it has to be. */
export const allowedAt = (from: number | null, at: number): number => (from !== null && at >= from ? TIGHT.ms : MINUTE);

/** The same as the system works it out: from the entry of the organisation that was in force. */
export function toleranceInForce(from: number | null, at: number): number {
    const entry = {
        id: 'tightened',
        value: TIGHT.seconds,
        standing: 'own',
        basis: '本机构规定',
        decidedAt: (from ?? 0) - DAY,
    } as const;
    const rows = from === null ? [] : [{ ...entry, from }];
    const { value } = inForceAt(ACT_PARAMETERS['act.documentToleranceSeconds'], rows, at);
    return documentToleranceOf(typeof value === 'number' ? value : null);
}
