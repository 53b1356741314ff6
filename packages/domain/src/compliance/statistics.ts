import { addDays, type Day, dayOf, startOfDay } from '../kernel/day.ts';
import { HOUR, type Instant } from '../kernel/instant.ts';

/**
 * By what figures are put together. `person` is whoever leads the act, drafted the document or held the recorder when its fault was
 * reported; `department` is theirs, as it is today; `scenario` is the act's own kind, of a document that of the act it is about.
 */
export const STATISTIC_GROUPS = ['organisation', 'department', 'person', 'scenario', 'month'] as const;
export type StatisticGroup = (typeof STATISTIC_GROUPS)[number];

/** `name`: as the register has them; everything else puts first what somebody should look at. */
export const STATISTIC_ORDERS = [
    'name',
    'acts',
    'complete',
    'coverage',
    'interruptions',
    'late',
    'openGaps',
    'openFindings',
] as const;
export type StatisticOrder = (typeof STATISTIC_ORDERS)[number];

/** What is counted of acts that were judged; milliseconds are of all their officers and rooms together. */
export type ComplianceFigures = {
    /** Judged acts: `complete` + `failed` + `review`. What was announced or called off is none. */
    readonly acts: number;
    /** Every rule that counts passes. */
    readonly complete: number;
    readonly failed: number;
    /** A fact is missing, is not due yet, or a person must look. */
    readonly review: number;
    readonly requiredMs: number;
    readonly coveredMs: number;
    /** Of what is required, what was not recorded and is exempt (附件1 第11、13条). */
    readonly exemptMs: number;
    /** Of footage that is there, whether explained or not. */
    readonly interruptions: number;
    /** Recordings stored later than the unit's term (附件1 第15条), whatever the reason. */
    readonly late: number;
    /** Gaps that nothing explains (附件1 第10条). */
    readonly openGaps: number;
    /** Findings that are open or whose answer waits, by their age in days. */
    readonly openWeek: number;
    readonly openMonth: number;
    readonly openOlder: number;
    /** Faults of recorders that were reported in these months; null: no fault belongs to a kind of act, so by those nothing is counted. */
    readonly faults: number | null;
    /**
     * How often a document was sent back by whoever reviews, approves or signs, or found at fault when it was checked, in these months;
     * it is its author's.
     */
    readonly documentErrors: number;
};

export const NO_FIGURES: ComplianceFigures = {
    ...{ acts: 0, complete: 0, failed: 0, review: 0, requiredMs: 0, coveredMs: 0, exemptMs: 0, interruptions: 0 },
    ...{ late: 0, openGaps: 0, openWeek: 0, openMonth: 0, openOlder: 0, faults: null, documentErrors: 0 },
};

/** Figures of two groups as one; faults are known as soon as one of them knows. */
export const addFigures = (a: ComplianceFigures, b: ComplianceFigures): ComplianceFigures => ({
    acts: a.acts + b.acts,
    complete: a.complete + b.complete,
    failed: a.failed + b.failed,
    review: a.review + b.review,
    requiredMs: a.requiredMs + b.requiredMs,
    coveredMs: a.coveredMs + b.coveredMs,
    exemptMs: a.exemptMs + b.exemptMs,
    interruptions: a.interruptions + b.interruptions,
    late: a.late + b.late,
    openGaps: a.openGaps + b.openGaps,
    openWeek: a.openWeek + b.openWeek,
    openMonth: a.openMonth + b.openMonth,
    openOlder: a.openOlder + b.openOlder,
    faults: sumKnown(a.faults, b.faults),
    documentErrors: a.documentErrors + b.documentErrors,
});

const sumKnown = (a: number | null, b: number | null): number | null => (a === null ? b : a + (b ?? 0));

/** What units of any size are compared by; null: there is nothing to divide by. */
export type ComplianceRates = {
    /** Complete acts of a thousand judged ones, cut, never rounded up: 999.9 ‰ is not all. */
    readonly completePermille: number | null;
    /** What was recorded of a thousandth of what had to be and was not exempt, cut as well. */
    readonly coveragePermille: number | null;
    /** Tenths of an interruption in 100 h that had to be recorded, rounded to the nearest. */
    readonly interruptionTenths: number | null;
    /** Tenths of a recording that was stored late, for 100 judged acts, rounded to the nearest; the same of what follows. */
    readonly lateTenths: number | null;
    readonly openGapTenths: number | null;
    readonly openFindingTenths: number | null;
    /** Null as well where faults are not counted. */
    readonly faultTenths: number | null;
    readonly documentErrorTenths: number | null;
};

/** Of any age. */
export const openFindingsOf = (of: ComplianceFigures): number => of.openWeek + of.openMonth + of.openOlder;

export const ratesOf = (of: ComplianceFigures): ComplianceRates => ({
    completePermille: share(of.complete, of.acts, 1_000),
    coveragePermille: share(of.coveredMs, of.requiredMs - of.exemptMs, 1_000),
    interruptionTenths: nearest(of.interruptions, of.requiredMs, 10 * 100 * HOUR),
    lateTenths: perHundredActs(of.late, of),
    openGapTenths: perHundredActs(of.openGaps, of),
    openFindingTenths: perHundredActs(openFindingsOf(of), of),
    faultTenths: of.faults === null ? null : perHundredActs(of.faults, of),
    documentErrorTenths: perHundredActs(of.documentErrors, of),
});

const perHundredActs = (count: number, { acts }: ComplianceFigures) => nearest(count, acts, 10 * 100);

/** Cut. Milliseconds of years of a city times a thousand are more than a double holds exactly. */
const share = (part: number, whole: number, of: number): number | null =>
    whole <= 0 ? null : Number((BigInt(part) * BigInt(of)) / BigInt(whole));
const nearest = (part: number, whole: number, of: number): number | null =>
    whole <= 0 ? null : Number((2n * BigInt(part) * BigInt(of) + BigInt(whole)) / (2n * BigInt(whole)));

/** From when on findings are 0 to 7, and 8 to 30 days old today, by the calendar; what was found before is older. */
export const findingAges = (now: Instant): { readonly weekFrom: Instant; readonly monthFrom: Instant } => ({
    weekFrom: startOfDay(addDays(dayOf(now), -7)),
    monthFrom: startOfDay(addDays(dayOf(now), -30)),
});

/** What is compared and drawn month by month, in the order in which it is read. */
export const STATISTIC_MEASURES = [
    'complete',
    'coverage',
    'interruptions',
    'late',
    'openGaps',
    'openFindings',
    'faults',
    'documentErrors',
] as const;
export type StatisticMeasure = (typeof STATISTIC_MEASURES)[number];

/** The rate of each measure; `…Permille` is a share of a thousand, `…Tenths` tenths of one for 100 acts or 100 h. */
export const RATE_OF = {
    complete: 'completePermille',
    coverage: 'coveragePermille',
    interruptions: 'interruptionTenths',
    late: 'lateTenths',
    openGaps: 'openGapTenths',
    openFindings: 'openFindingTenths',
    faults: 'faultTenths',
    documentErrors: 'documentErrorTenths',
} as const satisfies Record<StatisticMeasure, keyof ComplianceRates>;

export const isShare = (measure: StatisticMeasure): boolean => measure === 'complete' || measure === 'coverage';

/** What the rate counts above the line; of coverage, which is a time, nothing is counted. */
export function countOf(measure: StatisticMeasure, of: ComplianceFigures): number | null {
    if (measure === 'coverage') return null;
    return measure === 'openFindings' ? openFindingsOf(of) : of[measure];
}

/** Figures whose parts can be listed one by one; `coverage` lists the judged acts with the times that it divides. */
export const COUNTED_FIGURES = [
    'acts',
    'complete',
    'failed',
    'review',
    'coverage',
    'interruptions',
    'late',
    'openGaps',
    'openFindings',
    'openWeek',
    'openMonth',
    'openOlder',
    'faults',
    'documentErrors',
] as const;
export type CountedFigure = (typeof COUNTED_FIGURES)[number];

/** How many parts a figure has; null: it is not counted of such groups. */
export function partCountOf(figure: CountedFigure, of: ComplianceFigures): number | null {
    if (figure === 'coverage') return of.acts;
    return figure === 'openFindings' ? openFindingsOf(of) : of[figure];
}

/**
 * An average says nothing of a single district only where at least two others are in it: of one other, whoever knows their own figures
 * could work out the rest.
 */
export const FEWEST_OTHERS = 2;

/** A month of Shanghai's calendar, `YYYY-MM`. Compared as text. */
export type Month = string;

const FORM = /^[1-9][0-9]{3}-(0[1-9]|1[0-2])$/;
export const isMonth = (text: string): text is Month => FORM.test(text);
export const monthOf = (day: Day): Month => day.slice(0, 7);
/** Months since the year 0, so that one can be counted from another. */
export const monthNumber = (month: Month): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1;
export const monthNumbered = (number: number): Month =>
    `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
export const startOfMonth = (month: Month): Instant => startOfDay(`${month}-01`);
/** Midnight at which the month ends; itself outside. */
export const endOfMonth = (month: Month): Instant => startOfMonth(monthNumbered(monthNumber(month) + 1));

/** Whether more may still be added to it: it has not ended, or not begun. */
export const isRunning = (month: Month, now: Instant): boolean => endOfMonth(month) > now;
/** All months of a period, both ends included, the earliest first. */
export const monthsBetween = (from: Month, to: Month): Month[] =>
    Array.from({ length: Math.max(0, monthNumber(to) - monthNumber(from) + 1) }, (_, at) =>
        monthNumbered(monthNumber(from) + at),
    );

/** The figure that an order goes by, larger first; null: nothing can be said, last of all. */
export function weightOf(order: Exclude<StatisticOrder, 'name'>, of: ComplianceFigures): number | null {
    const { completePermille, coveragePermille, interruptionTenths } = ratesOf(of);
    const lack = (permille: number | null) => (permille === null ? null : 1_000 - permille);
    if (order === 'complete') return lack(completePermille);
    if (order === 'coverage') return lack(coveragePermille);
    if (order === 'interruptions') return interruptionTenths;
    if (order === 'openFindings') return openFindingsOf(of);
    return of[order];
}
