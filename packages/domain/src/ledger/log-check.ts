/** How a check of one log stands. `unfinished`: it could not come to its end, and says why. */
export const LOG_CHECK_STATES = ['running', 'sound', 'wrong', 'unfinished'] as const;
export type LogCheckState = (typeof LOG_CHECK_STATES)[number];

/** Why a check did not come to its end. */
export const LOG_CHECK_REASONS = [
    /** The server ended while it ran, again and again. */
    'check.interrupted',
    /** It needed more memory than it may have. */
    'check.memory',
    /** The database could not be read. */
    'check.database',
    'check.failed',
] as const;
export type LogCheckReason = (typeof LOG_CHECK_REASONS)[number];

/** Entries whose signatures are looked at in one check: the new ones, from `newFrom` on, and of the old ones each of `parts`-th. */
export type SignaturePlan = { readonly newFrom: bigint; readonly part: bigint; readonly parts: bigint };

/**
 * Signatures take far longer than everything else, so of the old ones each check takes one part of `parts`: those whose index has that
 * remainder. So each is looked at once in as many checks, however much the log grows. `checked`: entries that the last check had; `next`:
 * which part is next.
 */
export const planSignatures = (last: { readonly checked: bigint; readonly next: bigint }, parts: number): SignaturePlan => ({
    newFrom: last.checked,
    part: last.next % BigInt(parts),
    parts: BigInt(parts),
});

/** Whether the signature of this entry is looked at. */
export const isPlanned = ({ newFrom, part, parts }: SignaturePlan, index: bigint): boolean =>
    index >= newFrom || index % parts === part;

/** Which part of the old ones is next. */
export const afterPlan = ({ part, parts }: SignaturePlan): bigint => (part + 1n) % parts;

/** What a finding is about, for telling whether it was there before: its words may name a size that has grown since. */
export type CheckedFinding = {
    readonly code: string;
    readonly index: bigint | null;
    readonly table: string | null;
    readonly row: string | null;
    readonly key: string | null;
};

/** Its place grows with the log. */
const AT_THE_END: ReadonlySet<string> = new Set(['log.headMismatch', 'log.signedAhead']);

/** One text for the same findings, whatever their order: whoever has answered them is not asked again for as long as they stay. */
export const findingsText = (findings: readonly CheckedFinding[], total: number): string =>
    [
        String(total),
        ...findings
            .map(({ code, index, table, row, key }) =>
                [code, AT_THE_END.has(code) || index === null ? '' : String(index), table ?? '', row ?? '', key ?? ''].join(' '),
            )
            .sort(),
    ].join('\n');
