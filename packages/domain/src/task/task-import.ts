import type { ScenarioKey } from '../act/act.ts';
import { scenarioNamed } from '../act/scenario-names.ts';
import { type Day, isDay } from '../kernel/day.ts';
import type { Id } from '../kernel/ids.ts';
import { creditCodeFault, normaliseCreditCode } from '../party/credit-code.ts';
import { nameKey } from '../party/name-key.ts';

/** A row of a list as it came: texts, whatever stands in them. */
export type TaskRowTexts = {
    readonly externalId?: string | undefined;
    readonly title?: string | undefined;
    readonly partyName?: string | undefined;
    readonly creditCode?: string | undefined;
    readonly address?: string | undefined;
    readonly dueDay?: string | undefined;
    readonly scenario?: string | undefined;
    readonly note?: string | undefined;
};

export const TASK_ROW_FAULTS = [
    'externalIdMissing',
    'externalIdTwice',
    'partyMissing',
    'creditCodeWrong',
    'dueDayMissing',
    'dueDayWrong',
    'scenarioUnknown',
] as const;
export type TaskRowFault = (typeof TASK_ROW_FAULTS)[number];

export type TaskRow = {
    readonly externalId: string | null;
    readonly creditCode: string | null;
    readonly dueDay: Day | null;
    readonly scenario: ScenarioKey | null;
    readonly faults: readonly TaskRowFault[];
};

const FIGURES = /^(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?$/;

/** A day as lists write it: `2026-11-18`, `2026/11/18`, `2026年11月18日`, `20261118`. */
export function readDay(typed: string): Day | undefined {
    const text = typed.normalize('NFKC').trim();
    const parts = FIGURES.exec(text) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(text);
    if (parts === null) return undefined;
    const [, year = '', month = '', day = ''] = parts;
    const read = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    return isDay(read) ? read : undefined;
}

type ListRead = {
    readonly dueDay?: Day | undefined;
    readonly seen: Set<string>;
    /** Those that the organisation has added. */
    readonly scenarios?: readonly ScenarioKey[];
};

/** What a row says, and everything that is wrong with it: a row is never refused with the list. */
export function readTaskRow(row: TaskRowTexts, list: ListRead): TaskRow {
    const faults: TaskRowFault[] = [];
    const externalId = row.externalId ?? null;
    if (externalId === null) faults.push('externalIdMissing');
    else if (list.seen.has(externalId)) faults.push('externalIdTwice');
    else list.seen.add(externalId);
    const creditCode = row.creditCode === undefined ? null : normaliseCreditCode(row.creditCode);
    if (creditCode !== null && creditCodeFault(creditCode) !== undefined) faults.push('creditCodeWrong');
    if (creditCode === null && row.partyName === undefined) faults.push('partyMissing');
    const dueDay = row.dueDay === undefined ? list.dueDay : readDay(row.dueDay);
    if (dueDay === undefined) faults.push(row.dueDay === undefined ? 'dueDayMissing' : 'dueDayWrong');
    const scenario = row.scenario === undefined ? undefined : scenarioNamed(row.scenario, list.scenarios ?? []);
    if (row.scenario !== undefined && scenario === undefined) faults.push('scenarioUnknown');
    return { externalId, creditCode, dueDay: dueDay ?? null, scenario: scenario ?? null, faults };
}

export type PartyCandidate = {
    readonly id: Id;
    readonly name: string;
    readonly creditCode: string | null;
    readonly addresses: readonly string[];
};

/**
 * The party a row means: by credit code, then by name and address together. A name alone is a proposal for a person to
 * judge, and of two that would do neither is taken.
 */
export function matchParty(
    row: { readonly creditCode: string | null; readonly name: string | undefined; readonly address: string | undefined },
    candidates: readonly PartyCandidate[],
): { readonly state: 'matched' | 'proposed'; readonly partyId: Id } | { readonly state: 'unmatched' } {
    const one = (found: readonly PartyCandidate[]) => (found.length === 1 ? found[0] : undefined);
    const byCode = row.creditCode === null ? undefined : one(candidates.filter((each) => each.creditCode === row.creditCode));
    if (byCode !== undefined) return { state: 'matched', partyId: byCode.id };
    const name = nameKey(row.name ?? '');
    if (name === '') return { state: 'unmatched' };
    // A party known by another code is another party.
    const named = candidates.filter(
        (each) => nameKey(each.name) === name && (row.creditCode === null || each.creditCode === null),
    );
    const address = nameKey(row.address ?? '');
    const byAddress =
        address === '' ? undefined : one(named.filter((each) => each.addresses.some((at) => nameKey(at) === address)));
    if (byAddress !== undefined) return { state: 'matched', partyId: byAddress.id };
    const byName = one(named);
    return byName === undefined ? { state: 'unmatched' } : { state: 'proposed', partyId: byName.id };
}
