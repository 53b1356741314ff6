import { addDays, dayOf, daysBetween, startOfDay } from '../kernel/day.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Standing } from '../parameter/parameter.ts';
import type { CaseFacts } from './case.ts';
import { countdownFor } from './case-deadlines.ts';
import { lastStep, said } from './case-facts.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';
import { isContestedOn } from './remedy.decide.ts';

/** Sums by which a case is decided, each computed from a dated parameter. None of them is a fact of the case. */
export const CASE_FIGURES = ['hearingFine', 'lateFine', 'spotFine', 'spotCash'] as const;
export type CaseFigureCode = (typeof CASE_FIGURES)[number];
export const FIGURE_KEYS = [
    'penalty.hearingFinePerson',
    'penalty.hearingFineOrganisation',
    'penalty.lateFinePercent',
    'penalty.spotFinePerson',
    'penalty.spotFineOrganisation',
    'penalty.spotCash',
] as const;

/** `below` and `reached` compare; `counted` is a result; `open` has nothing to compare yet, `unset` no limit. */
export const FIGURE_STATES = ['below', 'reached', 'counted', 'open', 'unset'] as const;
export type FigureState = (typeof FIGURE_STATES)[number];

export type CaseFigure = {
    readonly code: CaseFigureCode;
    readonly key: (typeof FIGURE_KEYS)[number];
    /** Whole fen, or per cent of the fine a day for a late fine; null while nobody has set it. */
    readonly limit: number | null;
    readonly standing: Standing;
    readonly basis: string;
    /** What is compared with it, or what comes of it, in fen; null while that is not known. */
    readonly sum: number | null;
    /** Days a fine is late. */
    readonly days: number | null;
    readonly state: FigureState;
    /** What was decided says otherwise: somebody has to look. */
    readonly differs: boolean;
};

/** Sums of a case as far as it has come. */
export function figuresOf(facts: CaseFacts): CaseFigure[] {
    if (facts.procedure === 'penalty') return [hearingFine(facts), lateFine(facts)].filter((each) => each !== undefined);
    if (facts.procedure === 'simplePenalty') return [...spotFigures(facts), lateFine(facts)].filter((each) => each !== undefined);
    return [];
}

function compared(
    code: CaseFigureCode,
    facts: CaseFacts,
    { key, at, sum }: { key: CaseFigure['key']; at: Instant; sum: number | null },
): CaseFigure {
    const { value, standing, basis } = facts.parameters(key, at);
    const state = value === null ? 'unset' : sum === null ? 'open' : sum >= value ? 'reached' : 'below';
    return { code, key, limit: value, standing, basis, sum, days: null, state, differs: false };
}

/** 处罚法63: from which fine a hearing is offered (较大数额罚款), once somebody thinks of a fine. */
function hearingFine(facts: CaseFacts): CaseFigure | undefined {
    const panel = lastStep(facts, 'deliberate');
    if (panel === undefined) return undefined;
    const sum = said(facts, 'proposedFine') ?? said(facts, 'fine') ?? null;
    const key = facts.partyIsPerson ? 'penalty.hearingFinePerson' : 'penalty.hearingFineOrganisation';
    const figure = compared('hearingFine', facts, { key, at: panel.at, sum });
    return { ...figure, differs: figure.state === 'reached' && said(facts, 'hearingDue') !== true };
}

/**
 * 处罚法72(1): what may be added for each day after the last day of payment, never more than the fine itself; days of a review or a
 * lawsuit are not counted (处罚法73(3)).
 */
function lateFine(facts: CaseFacts): CaseFigure | undefined {
    const fine = said(facts, 'fine') ?? 0;
    const term = countdownFor(PROCEDURE_TABLES[facts.procedure], facts, 'deadline.finePayment');
    if (fine === 0 || term?.end?.state !== 'running') return undefined;
    const { lastDay } = term.end;
    const until = term.metAt ?? facts.now;
    const passed = Math.max(0, daysBetween(lastDay, dayOf(until)));
    const days = Array.from({ length: passed }, (_, at) => addDays(lastDay, at + 1)).filter(
        (day) => !isContestedOn(facts, day),
    ).length;
    if (days === 0) return undefined;
    const key = 'penalty.lateFinePercent';
    const { value, standing, basis } = facts.parameters(key, startOfDay(addDays(lastDay, 1)));
    const sum = value === null ? null : Math.min(fine, Math.floor((fine * value * days) / 100));
    return {
        code: 'lateFine',
        key,
        limit: value,
        standing,
        basis,
        sum,
        days,
        state: value === null ? 'unset' : 'counted',
        differs: false,
    };
}

/** 处罚法51, 68. */
function spotFigures(facts: CaseFacts): CaseFigure[] {
    const sum = said(facts, 'fine') ?? null;
    const at = lastStep(facts, 'decide')?.at ?? facts.now;
    const key = facts.partyIsPerson ? 'penalty.spotFinePerson' : 'penalty.spotFineOrganisation';
    const over = (figure: CaseFigure): CaseFigure =>
        // Up to the limit is allowed: only what lies above it is too much.
        figure.state === 'reached' && figure.sum === figure.limit ? { ...figure, state: 'below' } : figure;
    return [
        over(compared('spotFine', facts, { key, at, sum })),
        over(compared('spotCash', facts, { key: 'penalty.spotCash', at, sum })),
    ];
}
