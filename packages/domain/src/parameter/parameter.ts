import type { Id } from '../kernel/ids.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Period } from '../kernel/period.ts';

/** What a parameter holds. */
export type ParameterKind = 'period' | 'count' | 'percent' | 'money' | 'yesNo' | 'line' | 'lines';

/** `money` in whole fen, `percent` in whole per cent, `lines` a list of short texts. */
export type ValueOfKind = {
    readonly period: Period;
    readonly count: number;
    readonly percent: number;
    readonly money: number;
    readonly yesNo: boolean;
    readonly line: string;
    readonly lines: readonly string[];
};
export type ParameterValue = ValueOfKind[ParameterKind];

/**
 * How sure the figure is. `verified`: its text was seen. `verify`: told by a source whose text was not seen, or from
 * knowledge. `unknown`: a text sets it that could not be had, so there is no value until somebody enters one. `own`: no
 * law sets it, the organisation does.
 */
export const STANDINGS = ['verified', 'verify', 'unknown', 'own'] as const;
export type Standing = (typeof STANDINGS)[number];

/**
 * What an organisation may do with it: only shorten or lower, only lengthen or raise, only leave lines out or narrow them, nothing, or
 * whatever it decides.
 */
export type Bound = 'atMost' | 'atLeast' | 'within' | 'fixed' | 'free';

/** Groups of the page, in its order. */
export const PARAMETER_GROUPS = [
    'penalty',
    'coercion',
    'licence',
    'complaint',
    'inspection',
    'act',
    'recording',
    'device',
    'document',
    'compliance',
    'work',
] as const;
export type ParameterGroup = (typeof PARAMETER_GROUPS)[number];

export type ParameterDefinition<K extends ParameterKind = ParameterKind> = {
    readonly group: ParameterGroup;
    readonly zh: string;
    readonly en: string;
    readonly kind: K;
    /** What a line has to look like. */
    readonly form?: 'timeOfDay';
    /** Null: nothing is known; what needs it says so. */
    readonly value: ValueOfKind[K] | null;
    readonly standing: Standing;
    /** Where the figure comes from, as text: law and article. */
    readonly basis: string;
    readonly bound: Bound;
    /** What each of `lines` looks like, where what reads them would pass over any other; what it names `once` stands in one line only. */
    readonly lineForm?: RegExp;
    /** Where its form is not enough: whether what a line names is there. */
    readonly lineNames?: (line: string) => boolean;
    /** Whether an organisation may decide that there is none: no law wants one. */
    readonly mayBeNone?: boolean;
    /** From when a term runs, in words. */
    readonly startsWith?: { readonly zh: string; readonly en: string };
};

export const define = <K extends ParameterKind>(of: ParameterDefinition<K>): ParameterDefinition<K> => of;

/** One row of an organisation's decisions about a parameter. Rows are added, never changed: what was in force stays known. */
export type ParameterRow = {
    readonly id: Id;
    /** Null: it was decided that there is none. */
    readonly value: ParameterValue | null;
    readonly standing: 'verified' | 'verify' | 'own';
    readonly basis: string;
    readonly from: Instant;
    readonly decidedAt: Instant;
};

/** What is in force at a moment. `from` is null while the catalogue's own value is: a null value is then not set, and else decided. */
export type ParameterInForce<V extends ParameterValue = ParameterValue> = {
    readonly value: V | null;
    readonly standing: Standing;
    readonly basis: string;
    readonly from: Instant | null;
    /** The decision that gave the value; null: it came with the software. */
    readonly decision: Id | null;
};
