import {
    bodyOf,
    type DomainEvent,
    type FindingState,
    type Id,
    type Instant,
    type RuleFinding,
    type RuleVerdict,
    sameFinding,
    stateAfterJudging,
} from '@liuhen/domain';
import type { Tx } from '../../platform/command/tx.ts';
import { insertFinding, type lockFindingsOf, updateFinding } from './finding.store.ts';

const MOVED: Readonly<Record<string, 'finding.settled' | 'finding.reopened'>> = {
    settled: 'finding.settled',
    open: 'finding.reopened',
};

type KeptFinding = Awaited<ReturnType<typeof lockFindingsOf>>[number];
type Found = RuleFinding & Pick<RuleVerdict, 'rule' | 'version'>;

/** What was judged, as its findings need it. */
export type FindingSubject = {
    /** The entry of a finding names it beside the finding. */
    readonly id: Id;
    readonly columns: { readonly act_id: Id };
    /** How it is called in the entry. */
    readonly named: { readonly act: string };
    /** Until when what is found now is to be answered, by the unit's own term; null: it set none. */
    readonly dueAt: Instant | null;
    readonly ownerOf: (found: RuleFinding) => Id | null;
    /** Somebody else had confirmed a reason before it was found. */
    readonly isExcused: (found: Pick<RuleFinding, 'code' | 'aboutId'>) => boolean;
};

/** Raises what is new, moves on what was there, settles what is no longer found; gives the entries of it. */
export async function keepFindings(
    tx: Tx,
    of: FindingSubject,
    verdicts: readonly RuleVerdict[],
    kept: readonly KeptFinding[],
): Promise<DomainEvent[]> {
    const found = verdicts.flatMap(({ rule, version, findings }) => findings.map((each): Found => ({ ...each, rule, version })));
    const left = [...kept];
    const events: DomainEvent[] = [];
    for (const each of found) {
        const at = left.findIndex((row) => row.rule === each.rule && sameFinding(placeOf(row), each));
        const [row] = at < 0 ? [] : left.splice(at, 1);
        events.push(
            ...(row === undefined
                ? [await raise(tx, of, each)]
                : await moveOn(tx, of, row, each, stateAfterJudging(row.state, true, of.isExcused(each)))),
        );
    }
    for (const row of left) {
        const state = stateAfterJudging(row.state, false, false);
        if (state !== row.state) events.push(...(await moveOn(tx, of, row, undefined, state)));
    }
    return events;
}

const placeOf = ({ key, code, person_id, from_at, to_at }: KeptFinding) => ({
    ...{ key, code },
    ...{ personId: person_id, from: from_at, to: to_at },
});

async function raise(tx: Tx, of: FindingSubject, each: Found): Promise<DomainEvent> {
    const excused = of.isExcused(each);
    const due_at = excused ? null : of.dueAt;
    const row = await insertFinding(tx, {
        ...{ id: tx.newId(), ...of.columns, rule: each.rule, rule_version: each.version, found_at: tx.now },
        ...contentOf(of, each),
        ...{ state: excused ? 'explained' : 'open', due_at },
    });
    const body = { ...findingBody(of, each), ...(due_at === null ? {} : { dueAt: due_at }) };
    return { kind: 'finding.found', creates: [row.id], objects: [of.id], body };
}

const contentOf = (of: FindingSubject, each: Found) => ({
    ...{ key: each.key, code: each.code, modal: each.modal, params: JSON.stringify(each.params) },
    ...{ person_id: each.personId, owner_id: of.ownerOf(each), about_id: each.aboutId },
    ...{ from_at: each.from, to_at: each.to },
});

const findingBody = (of: FindingSubject, each: Found) =>
    bodyOf({
        ...{ ...of.named, rule: each.rule, version: each.version, code: each.code, modal: each.modal },
        ...{ params: { ...each.params }, personId: each.personId, aboutId: each.aboutId, from: each.from, to: each.to },
    });

/** Writes and says only what is new: a gap whose edges the clock moved, a state. */
async function moveOn(
    tx: Tx,
    of: FindingSubject,
    row: KeptFinding,
    each: Found | undefined,
    state: FindingState,
): Promise<DomainEvent[]> {
    const content = each === undefined ? {} : contentOf(of, each);
    const isSame =
        each === undefined ||
        (row.key === each.key &&
            row.code === each.code &&
            row.modal === each.modal &&
            row.owner_id === of.ownerOf(each) &&
            row.from_at === each.from &&
            row.to_at === each.to &&
            sortedWords(row.params) === sortedWords(each.params));
    if (isSame && state === row.state) return [];
    const settled_at = state === 'settled' ? tx.now : state === row.state ? row.settled_at : null;
    // What comes back has its time anew.
    const due_at = row.state === 'settled' && state === 'open' ? of.dueAt : row.due_at;
    await updateFinding(tx, row, { ...content, state, settled_at, due_at });
    const kind = state === row.state ? 'finding.changed' : (MOVED[state] ?? 'finding.changed');
    const body = each === undefined ? bodyOf({ ...of.named, code: row.code, state }) : { ...findingBody(of, each), state };
    return [{ kind, objects: [row.id, of.id], body }];
}

const sortedWords = (params: unknown): string =>
    JSON.stringify(Object.entries(params as Record<string, number>).toSorted(([a], [b]) => (a < b ? -1 : 1)));
