import {
    bodyOf,
    type DomainEvent,
    type FoundAgain,
    foundAgain,
    goneSince,
    type Id,
    type Instant,
    outgrows,
    type RuleFinding,
    type RuleId,
    type RuleVerdict,
    sameFinding,
    stateAfterJudging,
} from '@liuhen/domain';
import type { Tx } from '../../platform/command/tx.ts';
import { insertFindings, type lockFindingsOf, updateFindings } from './finding.store.ts';

const MOVED: Readonly<Record<string, 'finding.settled' | 'finding.reopened'>> = {
    settled: 'finding.settled',
    open: 'finding.reopened',
};

type KeptFinding = Awaited<ReturnType<typeof lockFindingsOf>>[number];
type Found = RuleFinding & Pick<RuleVerdict<RuleId>, 'rule' | 'version'>;

/** What was judged, as its findings need it. */
export type FindingSubject = {
    /** The entry of a finding names it beside the finding. */
    readonly id: Id;
    readonly columns: { readonly act_id: Id | null; readonly device_id: Id | null };
    /** How it is called in the entry. */
    readonly named: { readonly act: string } | { readonly unit: string } | { readonly device: string };
    /** Until when what is found now is to be answered, by the unit's own term; null: it set none. */
    readonly dueAt: Instant | null;
    readonly ownerOf: (found: RuleFinding) => Id | null;
    /** Somebody else had confirmed a reason before it was found. */
    readonly isExcused: (found: Pick<RuleFinding, 'code' | 'aboutId'>) => boolean;
};

/** What becomes of one finding: the row to write, and what is said of it. */
type Step = {
    readonly insert?: Parameters<typeof insertFindings>[1][number];
    readonly update?: Parameters<typeof updateFindings>[1][number];
    readonly event: DomainEvent;
};
type OfSubject = {
    readonly of: FindingSubject;
    readonly verdicts: readonly RuleVerdict<RuleId>[];
    readonly kept: readonly KeptFinding[];
};

/** `keepFindings` of many, written in two statements whatever their number; gives the entries of each. */
export async function keepFindingsOf(tx: Tx, subjects: readonly OfSubject[]): Promise<DomainEvent[][]> {
    const steps = subjects.map(({ of, verdicts, kept }) => stepsOf(tx, of, verdicts, kept));
    await insertFindings(
        tx,
        steps.flatMap((each) => each.flatMap(({ insert }) => insert ?? [])),
    );
    await updateFindings(
        tx,
        steps.flatMap((each) => each.flatMap(({ update }) => update ?? [])),
    );
    return steps.map((each) => each.map(({ event }) => event));
}

/** Raises what is new, moves on what was there, settles what is no longer found; gives the entries of it. */
export async function keepFindings(
    tx: Tx,
    of: FindingSubject,
    verdicts: readonly RuleVerdict<RuleId>[],
    kept: readonly KeptFinding[],
): Promise<DomainEvent[]> {
    return (await keepFindingsOf(tx, [{ of, verdicts, kept }])).flat();
}

function stepsOf(tx: Tx, of: FindingSubject, verdicts: readonly RuleVerdict<RuleId>[], kept: readonly KeptFinding[]): Step[] {
    const found = verdicts.flatMap(({ rule, version, findings }) => findings.map((each): Found => ({ ...each, rule, version })));
    const left = [...kept];
    const steps: Step[] = [];
    for (const each of found) {
        const same = left.filter(
            (row) => row.rule === each.rule && sameFinding(placeOf(row), each) && !outgrows(each, saidOf(row)),
        );
        // Of several the one about which something was accepted: what was asked anew, because it had grown, is gone.
        const row = same.find(isAccepted) ?? same[0];
        if (row !== undefined) left.splice(left.indexOf(row), 1);
        steps.push(...(row === undefined ? [raise(tx, of, each)] : moveOn(tx, of, row, each, 'found')));
    }
    for (const row of left) steps.push(...moveOn(tx, of, row, undefined, foundAgain(placeOf(row), verdicts)));
    return steps;
}

const placeOf = ({ rule, key, code, person_id, from_at, to_at }: KeptFinding) => ({
    ...{ rule, key, code },
    ...{ personId: person_id, from: from_at, to: to_at },
});

const isAccepted = ({ state }: KeptFinding): boolean => state === 'explained' || state === 'disputed';

/** What somebody said of it and somebody else accepted; of no stretch, where nobody did. */
const saidOf = (row: KeptFinding): { from: Instant | null; to: Instant | null } =>
    isAccepted(row) ? { from: row.accepted_from ?? row.from_at, to: row.accepted_to ?? row.to_at } : { from: null, to: null };

function raise(tx: Tx, of: FindingSubject, each: Found): Step {
    const excused = of.isExcused(each);
    const due_at = excused ? null : of.dueAt;
    const id = tx.newId();
    const insert = {
        ...{ id, ...of.columns, rule: each.rule, rule_version: each.version, found_at: tx.now },
        ...contentOf(of, each),
        ...{ state: excused ? ('explained' as const) : ('open' as const), due_at },
    };
    const body = { ...findingBody(of, each), ...(due_at === null ? {} : { dueAt: due_at }) };
    return { insert, event: { kind: 'finding.found', creates: [id], objects: [of.id], body } };
}

const contentOf = (of: FindingSubject, each: Found) => ({
    ...{ key: each.key, code: each.code, modal: each.modal, params: each.params },
    ...{ person_id: each.personId, owner_id: of.ownerOf(each), owner_role: each.role, about_id: each.aboutId },
    clause: each.clause,
    ...{ from_at: each.from, to_at: each.to },
});

const findingBody = (of: FindingSubject, each: Found) =>
    bodyOf({
        ...{ ...of.named, rule: each.rule, version: each.version, code: each.code, modal: each.modal },
        ...(each.clause === null ? {} : { clause: each.clause }),
        ...{ params: { ...each.params }, personId: each.personId, aboutId: each.aboutId, from: each.from, to: each.to },
    });

/** Writes and says only what is new: a gap whose edges the clock moved, a state, that facts came after it was confirmed. */
function moveOn(tx: Tx, of: FindingSubject, row: KeptFinding, each: Found | undefined, again: FoundAgain): Step[] {
    const { key, code, modal, params, person_id, owner_id, owner_role, about_id, clause, from_at, to_at } = row;
    const before = { key, code, modal, params, person_id, owner_id, owner_role, about_id, clause, from_at, to_at };
    const state = stateAfterJudging(row.state, again, each !== undefined && of.isExcused(each));
    const gone_since = goneSince(row.state, again, row.gone_since, tx.now);
    const isSame =
        each === undefined ||
        (row.key === each.key &&
            row.code === each.code &&
            row.modal === each.modal &&
            row.owner_id === of.ownerOf(each) &&
            row.owner_role === each.role &&
            row.from_at === each.from &&
            row.to_at === each.to &&
            sortedWords(row.params) === sortedWords(each.params));
    if (isSame && state === row.state && gone_since === row.gone_since) return [];
    const settled_at = state === 'settled' ? tx.now : state === row.state ? row.settled_at : null;
    // What comes back has its time anew.
    const due_at = row.state === 'settled' && state === 'open' ? of.dueAt : row.due_at;
    const content = each === undefined ? before : contentOf(of, each);
    const update = { id: row.id, version: row.version, ...content, state, settled_at, due_at, gone_since };
    const moved = state === row.state ? undefined : MOVED[state];
    const kind = moved ?? (gone_since !== null && row.gone_since === null ? 'finding.overtaken' : 'finding.changed');
    const body = each === undefined ? bodyOf({ ...of.named, code: row.code, state }) : { ...findingBody(of, each), state };
    return [{ update, event: { kind, objects: [row.id, of.id], body } }];
}

const sortedWords = (params: unknown): string =>
    JSON.stringify(Object.entries(params as Record<string, number>).toSorted(([a], [b]) => (a < b ? -1 : 1)));
