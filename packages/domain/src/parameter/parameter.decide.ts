import { timeOfDay } from '../board/working-hours.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { Instant } from '../kernel/instant.ts';
import type { Period } from '../kernel/period.ts';
import type { ParameterDefinition, ParameterInForce, ParameterRow, ParameterValue } from './parameter.ts';

/** What is in force at a moment: the latest decision that had begun, else the catalogue's own figure. */
export function inForceAt(definition: ParameterDefinition, rows: readonly ParameterRow[], at: Instant): ParameterInForce {
    const begun = rows.filter((row) => row.from <= at);
    const last = begun.reduce<ParameterRow | undefined>(
        (best, row) => (best === undefined || isLater(row, best) ? row : best),
        undefined,
    );
    if (last === undefined)
        return { value: definition.value, standing: definition.standing, basis: definition.basis, from: null, decision: null };
    return { value: last.value, standing: last.standing, basis: last.basis, from: last.from, decision: last.id };
}

const isLater = (a: ParameterRow, b: ParameterRow): boolean =>
    a.from > b.from || (a.from === b.from && a.decidedAt >= b.decidedAt);

export type ParameterChange = {
    readonly value: ParameterValue | null;
    readonly standing: 'verified' | 'verify' | 'own';
    readonly from: Instant;
};

/**
 * A decision about a parameter. It may not reach back to a time for which a value was in force, since deadlines were
 * counted and documents printed with it, nor to one for which it was decided that there is none; where nobody had set it
 * nothing is rewritten, and a figure found later counts from the day it applied.
 */
export function decideParameterChange(
    definition: ParameterDefinition,
    rows: readonly ParameterRow[],
    change: ParameterChange,
    now: Instant,
): void {
    checkValue(definition, change.value);
    if ((definition.standing === 'own') !== (change.standing === 'own')) throw new DomainError('parameter.standingWrong');
    const before = inForceAt(definition, rows, change.from);
    const wasSet = before.value !== null || before.from !== null;
    if (change.from < now && wasSet) throw new DomainError('parameter.rewritesHistory');
}

const MOST_LENGTH: Readonly<Record<Period['unit'], number>> = {
    hour: 8_760,
    calendarDay: 3_650,
    workday: 2_500,
    month: 1_200,
    year: 100,
};

function checkValue(definition: ParameterDefinition, value: ParameterValue | null): void {
    if (value === null && definition.mayBeNone === true) return;
    if (value === null) throw new DomainError('parameter.valueWrong');
    if (!hasKind(definition, value)) throw new DomainError('parameter.valueWrong');
    if (Array.isArray(value)) checkLines(definition, value);
    const { bound, value: law } = definition;
    if (bound === 'free' || law === null) return;
    if (bound === 'fixed') throw new DomainError('parameter.fixed', { basis: definition.basis });
    if (bound === 'within') {
        checkWithin(definition, law, value);
        return;
    }
    const [wanted, legal] = [sizeOf(value), sizeOf(law)];
    if (unitOf(value) !== unitOf(law)) throw new DomainError('parameter.unitDiffers', { basis: definition.basis });
    if (bound === 'atMost' ? wanted > legal : wanted < legal)
        throw new DomainError(bound === 'atMost' ? 'parameter.looser' : 'parameter.shorter', {
            basis: definition.basis,
            limit: legal,
        });
}

/** A line that what reads the list would pass over is refused, be it written wrongly or said already. */
function checkLines({ lineForm, lineNames }: ParameterDefinition, lines: readonly string[]): void {
    const said = new Set<string>();
    for (const line of lines) {
        const found = lineForm?.exec(line);
        if (found === null || lineNames?.(line) === false) throw new DomainError('parameter.lineWrong', { line });
        const once = found?.groups?.once?.normalize('NFKC').trim();
        if (once === undefined) continue;
        if (said.has(once)) throw new DomainError('parameter.lineTwice', { line, what: once });
        said.add(once);
    }
}

/**
 * Of a list that exempts, each line is one of the law's, or one of them with the part of it that is meant in brackets: 无菌场所（手术室限制区）.
 * Whether what stands in the brackets narrows it is for whoever approves to read. No line at all is the strictest.
 */
function checkWithin({ basis }: ParameterDefinition, law: ParameterValue, value: ParameterValue): void {
    if (!isLines(law) || !isLines(value)) throw new DomainError('parameter.valueWrong');
    for (const line of value)
        if (!law.some((each) => line === each || (line.startsWith(each) && NARROWED.test(line.slice(each.length)))))
            throw new DomainError('parameter.widens', { line, basis });
}

const NARROWED = /^\s*[（(]\s*[^\s（）()][^（）()]*[）)]$/u;

const isLines = (value: ParameterValue): value is readonly string[] => Array.isArray(value);
const isPeriod = (value: ParameterValue): value is Period => typeof value === 'object' && !Array.isArray(value);
const sizeOf = (value: ParameterValue): number => (isPeriod(value) ? value.length : Number(value));
const unitOf = (value: ParameterValue): string => (isPeriod(value) ? value.unit : '');
const isCount = (value: ParameterValue, most: number): boolean =>
    typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 && value <= most;

function hasKind({ kind, form }: ParameterDefinition, value: ParameterValue): boolean {
    switch (kind) {
        case 'period':
            return (
                isPeriod(value) &&
                Number.isSafeInteger(value.length) &&
                value.length >= 1 &&
                value.length <= MOST_LENGTH[value.unit]
            );
        case 'count':
            return isCount(value, 1_000_000);
        case 'percent':
            return isCount(value, 100);
        case 'money':
            return isCount(value, 1e13);
        case 'yesNo':
            return typeof value === 'boolean';
        case 'line':
            if (form === 'timeOfDay') return typeof value === 'string' && timeOfDay(value) !== undefined;
            return typeof value === 'string' && value.length > 0;
        case 'lines':
            return Array.isArray(value);
    }
}
