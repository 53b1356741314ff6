import { fill } from '@liuhen/contract';
import { useFormat, useText } from '../../app/language.tsx';
import type { ItemOf } from '../../app/query.ts';

export type Retention = ItemOf<'recording.list'>['retention'];

/** How long a recording is kept, as a line, with what stands beside it. */
export function useRetentionWords() {
    const text = useText();
    const format = useFormat();
    const words = text.recording.retention;
    /** `due` is the first instant outside: its day is the one before. */
    const dayOf = (due: number): string => format.date(due - 1);
    const line = ({ state, due }: Retention): string =>
        due === null ? words.states[state] : fill(state === 'until' ? words.until : words.atLeast, { day: dayOf(due) });
    const why = ({ class: kind, state, reason, caseNumber }: Retention): string => {
        if (reason !== null) return fill(words.reasons[reason], { number: caseNumber ?? '' });
        if (kind === 'evidence' && state === 'until') return fill(words.byCase, { number: caseNumber ?? '' });
        return words.classes[kind];
    };
    const isPast = ({ state, due }: Retention): boolean => state === 'until' && due !== null && due <= Date.now();
    return { words, line, why, isPast };
}

/** What somebody has to look at stands out; what is counted or simply kept does not. */
export const RETENTION_STATUS = { until: 'held', open: 'held', review: 'judge' } as const;
