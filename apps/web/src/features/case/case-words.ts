import type { Endpoints, ErrorCode, ResponseOf } from '@liuhen/contract';
import { ACTOR_WORDS, fill, isErrorCode } from '@liuhen/contract';
import { type CasePost, PROCEDURE_TABLES, type ProcedureId, parameterDefinition, STATED_STEP } from '@liuhen/domain';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import type { Status } from '../../app/page.tsx';
import type { ItemOf } from '../../app/query.ts';

export type CaseDetail = ResponseOf<Endpoints['case.get']>;
export type CaseItem = ItemOf<'case.list'>;
export type CountdownItem = CaseDetail['countdowns'][number];
type Refusal = CaseDetail['nextSteps'][number]['refusals'][number];

export const TERM_STATUS: Readonly<Record<CountdownItem['state'], Status>> = {
    late: 'broken',
    soon: 'act',
    running: 'held',
    suspended: 'judge',
    unset: 'judge',
    met: 'held',
    metLate: 'broken',
    over: 'judge',
    clockDoubted: 'judge',
};

/** Words of procedures, states, steps, terms and refusals in the user's language. */
export function useCaseWords() {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    const tongue = language === 'en' ? 'en' : 'zh';
    const table = (procedure: ProcedureId) => PROCEDURE_TABLES[procedure];
    const leftOf = ({ left, due }: CountdownItem): string => {
        if (left === null || due === null) return '';
        if (left.unit === 'hour')
            return fill(left.ms >= 0 ? text.case.leftHours : text.case.overHours, {
                time: format.duration(Math.abs(left.ms), 2),
            });
        if (left.days === 0) return text.case.today;
        const words = left.days > 0 ? text.case.leftDays : text.case.overDays;
        return fill(words[left.unit], { count: Math.abs(left.days) });
    };
    return {
        procedure: (of: ProcedureId): string => table(of)[tongue],
        state: (of: ProcedureId, state: string): string => table(of).states[state]?.[tongue] ?? state,
        step: (of: ProcedureId, step: string): string =>
            step === STATED_STEP ? text.case.importing.statedStep : (table(of).steps[step]?.[tongue] ?? step),
        post: (of: CasePost): string => ACTOR_WORDS[of][language],
        term: (key: CountdownItem['key']): string => parameterDefinition(key)[tongue],
        refusal: ({ code, params }: Refusal): string =>
            isErrorCode(code) ? format.error(code as ErrorCode, params ?? {}) : code,
        left: leftOf,
        /** How a term stands, in a few words. */
        termLine: (of: CountdownItem): string => {
            const state = text.case.termStates[of.state];
            const left = ['late', 'soon', 'running'].includes(of.state) ? leftOf(of) : '';
            return left === '' ? state : left;
        },
        until: (of: CountdownItem): string => {
            if (of.due === null) return '';
            return of.period?.unit === 'hour'
                ? fill(text.case.untilMoment, { at: format.dateTime(of.due) })
                : fill(text.case.until, { day: of.lastDay ?? '' });
        },
        /** What the reader must know of the figure and the calendar. */
        doubts: (of: CountdownItem): string[] => [
            ...(of.standing === 'verify' ? [text.case.verify] : []),
            ...of.calendar.map(({ year, state }) =>
                fill(state === 'missing' ? text.case.calendarMissing : text.case.calendarVerify, { year }),
            ),
        ],
    };
}
