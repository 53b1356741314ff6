import { dayOf } from '../kernel/day.ts';
import type { CaseDeadline, Guard, Procedure, StepContext } from './case.ts';
import { countdownFor, endOf } from './case-deadlines.ts';
import { documentAt, said, took } from './case-facts.ts';
import { before } from './guards.ts';

/** Guards that look at a term of the procedure they stand in; the table hands itself in. */
type Table = () => Procedure;

const termOf = (table: Table, { facts }: StepContext, key: CaseDeadline['key']) => countdownFor(table(), facts, key);

/** 处罚法 45: the time given for a defence has passed, or the party has spoken or let it go. */
export const defenceOver =
    (table: Table): Guard =>
    (context) => {
        if (took(context.facts, 'hearDefence', 'waiveDefence')) return undefined;
        const term = termOf(table, context, 'deadline.defence');
        const end = endOf(term);
        if (term === undefined) return { code: 'case.notTold' };
        return end === undefined ? { code: 'case.defenceTermUnset' } : before(end, context, 'case.defenceTermRuns');
    };

/** 处罚法 64(1), 许可法 47: as long as a hearing can be asked for nothing is decided. To waive the defence is not to waive it. */
export const hearingTermOver =
    (table: Table, key: CaseDeadline['key'] = 'deadline.hearingRequest'): Guard =>
    (context) => {
        if (took(context.facts, 'requestHearing', 'waiveHearing')) return undefined;
        const end = endOf(termOf(table, context, key));
        return end === undefined ? undefined : before(end, context, 'case.hearingTermRuns');
    };

export const hearingOffered: Guard = ({ facts }) =>
    said(facts, 'hearingDue') === true ? undefined : { code: 'case.noHearingOffered' };

export const hearingInTime =
    (table: Table, key: CaseDeadline['key'] = 'deadline.hearingRequest'): Guard =>
    (context) => {
        const end = endOf(termOf(table, context, key));
        return end !== undefined && context.at >= end
            ? { code: 'case.hearingRequestLate', params: { until: dayOf(end - 1) } }
            : undefined;
    };

/** A measure is prolonged or disposed of while it still stands. */
export const stillRuns =
    (table: Table, ...keys: readonly CaseDeadline['key'][]): Guard =>
    (context) => {
        for (const key of keys) {
            const end = endOf(termOf(table, context, key));
            if (end !== undefined && context.at >= end) return { code: 'case.termOver', params: { until: dayOf(end - 1) } };
        }
        return undefined;
    };

/** 处罚法 56: what was not disposed of in time is given back; nothing else can be decided about it. */
export const notLapsed =
    (table: Table): Guard =>
    (context) => {
        if (context.data.outcome === 'returned') return undefined;
        const end = endOf(termOf(table, context, 'deadline.evidencePreserve'));
        return end !== undefined && context.at >= end ? { code: 'case.lapsed', params: { until: dayOf(end - 1) } } : undefined;
    };

/** 强制法 53: no review or lawsuit can be begun any more, and the party has not complied. */
export const remediesOver =
    (table: Table): Guard =>
    (context) => {
        // Who has gone one of the ways and come to its end has no term to wait for that was read anywhere.
        if (context.facts.remedies.length > 0) return undefined;
        for (const key of ['deadline.review', 'deadline.litigation'] as const) {
            const end = endOf(termOf(table, context, key));
            const refused = end === undefined ? undefined : before(end, context, 'case.remedyTermRuns');
            if (refused !== undefined) return refused;
        }
        return undefined;
    };

/** 强制法 54: ten working days after the demand. */
export const demandOver =
    (table: Table): Guard =>
    (context) => {
        if (documentAt(context.facts, ['demandLetter'], 'served') === undefined || !took(context.facts, 'demand'))
            return { code: 'case.notDemanded' };
        const end = endOf(termOf(table, context, 'deadline.demand'));
        return end === undefined ? undefined : before(end, context, 'case.demandTermRuns');
    };

/** 强制法 53: within three months. */
export const inCourtWindow =
    (table: Table): Guard =>
    (context) => {
        const end = endOf(termOf(table, context, 'deadline.courtWindow'));
        return end !== undefined && context.at >= end
            ? { code: 'case.courtWindowOver', params: { until: dayOf(end - 1) } }
            : undefined;
    };

/** 强制法 54 with 处罚法 67: nobody is reminded of what is not due yet. */
export const paymentOver =
    (table: Table): Guard =>
    (context) => {
        const end = endOf(termOf(table, context, 'deadline.finePayment'));
        return end === undefined ? undefined : before(end, context, 'case.paymentTermRuns');
    };
