import type { PeriodUnit } from '../kernel/period.ts';
import { type Bound, define, type ParameterDefinition, type ParameterGroup, type Standing } from './parameter.ts';

type Term = {
    readonly group: ParameterGroup;
    readonly zh: string;
    readonly en: string;
    readonly length: number | null;
    readonly unit?: PeriodUnit;
    readonly startsWith: readonly [zh: string, en: string];
    readonly basis: string;
    readonly standing: Standing;
    readonly bound?: Bound;
    readonly mayBeNone?: boolean;
};

/** A parameter whose value is a term. */
export const term = ({
    group,
    zh,
    en,
    length,
    unit,
    startsWith,
    basis,
    standing,
    bound = 'free',
    mayBeNone = false,
}: Term): ParameterDefinition<'period'> =>
    define({
        group,
        zh,
        en,
        kind: 'period',
        value: length === null || unit === undefined ? null : { length, unit },
        standing,
        basis,
        bound,
        mayBeNone,
        startsWith: { zh: startsWith[0], en: startsWith[1] },
    });
