import type {
    PackageResult,
    ParallelState,
    RecordCheck,
    RecordFindingCode,
    RecordNotProven,
    RecordStanding,
} from '@liuhen/domain';

/** What the verifier says of the record of a sample, in one language. */
export type RecordWords = {
    readonly title: string;
    readonly resultMeans: Readonly<Record<PackageResult, string>>;
    readonly facts: Readonly<
        Record<
            | 'number'
            | 'name'
            | 'by'
            | 'inspected'
            | 'period'
            | 'committedAt'
            | 'drawnAt'
            | 'seed'
            | 'commitment'
            | 'policy'
            | 'log',
            string
        >
    >;
    readonly population: (acts: number, apart: number, drawn: number) => string;
    readonly checks: Readonly<Record<RecordCheck, Readonly<Record<RecordStanding, string>>>>;
    readonly witnessed: (time: string) => string;
    readonly serverTime: string;
    readonly difference: (place: number, stated: string | undefined, drawn: string | undefined) => string;
    readonly moreDifferences: (count: number) => string;
    readonly stratum: (stratum: string, eligible: number, taken: number) => string;
    readonly parallel: {
        readonly title: (at: string) => string;
        readonly none: string;
        readonly unsaid: string;
        readonly states: Readonly<Record<ParallelState, string>>;
        readonly neverDrawn: string;
        readonly reason: (reason: string) => string;
        readonly reviewed: (finished: number, skipped: number, all: number) => string;
        readonly sameActs: string;
        readonly otherActs: string;
    };
    readonly notProven: Readonly<Record<RecordNotProven, string>>;
    readonly findings: Readonly<Record<RecordFindingCode, string>>;
};
