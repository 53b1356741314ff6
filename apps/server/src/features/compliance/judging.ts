import { createHash } from 'node:crypto';
import {
    ACT_RULES,
    type ActJudgement,
    type ActRuleId,
    type BodyValue,
    bodyOf,
    type DomainEvent,
    type FindingState,
    type Id,
    type Instant,
    judgeAct,
    type RuleFinding,
    SYSTEM_ID,
    sameFinding,
    stateAfterJudging,
} from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import {
    insertFinding,
    insertJudgement,
    JUDGEMENT_KEYS,
    lockFindingsOf,
    lockJudgements,
    updateFinding,
    updateJudgement,
} from './finding.store.ts';
import { type ActForRules, actsForRules } from './rule-facts.queries.ts';

/** Acts judged in one command: so many entries are appended at once. */
const CHUNK = 50;

type Judged = {
    readonly act: ActForRules;
    readonly judgement: ActJudgement;
    readonly facts: string;
    readonly factsSha256: Buffer;
};

/** Judges acts by every rule and keeps what differs from the last time, each with an entry. Gives how many had changed. */
export async function judgeActs(services: Services, orgId: Id, ids: readonly Id[]): Promise<number> {
    let changed = 0;
    for (let at = 0; at < ids.length; at += CHUNK) changed += await judgeChunk(services, orgId, ids.slice(at, at + CHUNK));
    return changed;
}

async function judgeChunk(services: Services, orgId: Id, ids: readonly Id[]): Promise<number> {
    const now = services.clock.now();
    const fresh = await services.db.read({ readOrgs: [orgId] }, async (db) =>
        unlikeBefore(
            db,
            (await actsForRules(db, orgId, ids, now)).map((act) => judged(act, now)),
        ),
    );
    if (fresh.length === 0) return 0;
    const context = { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId: services.clock.newId() };
    return runCommand(
        services.commands,
        context,
        'act.judge',
        async (tx) => {
            const events = await keepJudgements(tx, fresh);
            const [first, ...rest] = events;
            if (first === undefined) throw new Error('every judgement has an entry');
            return { result: fresh.length, events: [first, ...rest] as const };
        },
        { retryOn: JUDGEMENT_KEYS },
    );
}

/** What is announced or was called off has nothing to be judged. */
function judged(act: ActForRules, now: Instant): Judged {
    const rules = act.state === 'open' || act.state === 'closed' ? Object.values(ACT_RULES) : [];
    const judgement = judgeAct(act.facts, now, rules);
    const facts = JSON.stringify(act.facts);
    return { act, judgement, facts, factsSha256: createHash('sha256').update(facts).digest() };
}

/** Those whose facts or verdicts are not as they were kept. */
async function unlikeBefore(db: ReadDb, all: readonly Judged[]): Promise<Judged[]> {
    if (all.length === 0) return [];
    const rows = await db
        .selectFrom('act_judgement')
        .select(['act_id', 'facts_sha256', 'verdicts', 'again_at'])
        .where(
            'act_id',
            'in',
            all.map(({ act }) => act.id),
        )
        .execute();
    const before = new Map(rows.map((row) => [row.act_id, row]));
    return all.filter(({ act, judgement, factsSha256 }) => {
        const kept = before.get(act.id);
        if (kept === undefined) return act.state !== 'planned';
        return (
            !factsSha256.equals(kept.facts_sha256) ||
            kept.again_at !== judgement.judgeAgainAt ||
            wordsOf(kept.verdicts as never) !== wordsOf(judgement.verdicts)
        );
    });
}

/** The same verdicts are the same words, in whatever order the database gives their members. */
const wordsOf = (verdicts: ActJudgement['verdicts']): string =>
    JSON.stringify(
        verdicts.map(({ rule, version, verdict, modal, missing, params, counts }) => [
            ...[rule, version, verdict, modal, missing, counts],
            Object.entries(params).toSorted(([a], [b]) => (a < b ? -1 : 1)),
        ]),
    );

async function keepJudgements(tx: Tx, all: readonly Judged[]): Promise<DomainEvent[]> {
    const ids = all.map(({ act }) => act.id);
    const before = new Map((await lockJudgements(tx, ids)).map((row) => [row.act_id, row]));
    const findings = Map.groupBy(await lockFindingsOf(tx, ids), (row) => row.act_id);
    const events: DomainEvent[] = [];
    for (const each of all) {
        const kept = before.get(each.act.id);
        const row =
            kept === undefined
                ? await insertJudgement(tx, { id: tx.newId(), act_id: each.act.id, ...columnsOf(each, tx.now) })
                : await updateJudgement(tx, kept, columnsOf(each, tx.now));
        const about = kept === undefined ? { creates: [row.id] } : { objects: [row.id] };
        events.push({ kind: 'act.judged', ...about, body: judgementBody(each) });
        events.push(...(await keepFindings(tx, each, findings.get(each.act.id) ?? [])));
    }
    return events;
}

const columnsOf = ({ act, judgement, factsSha256 }: Judged, now: Instant) => ({
    judged_at: now,
    verdict: judgement.verdict,
    verdicts: JSON.stringify(judgement.verdicts.map(({ findings: _, ...verdict }) => verdict)),
    gaps: JSON.stringify(judgement.gaps),
    facts_sha256: factsSha256,
    scenario: act.scenario,
    starts_at: act.startsAt,
    ends_at: act.endsAt,
    lead_id: act.leadId,
    required_ms: judgement.requiredMs,
    covered_ms: judgement.coveredMs,
    exempt_ms: judgement.exemptMs,
    interruptions: judgement.interruptions,
    again_at: judgement.judgeAgainAt,
});

/** With the facts whole, so that anybody can judge again what was judged; the entry before it is cited by the object's own sequence. */
const judgementBody = ({ act, judgement, facts, factsSha256 }: Judged) =>
    bodyOf({
        actId: act.id,
        act: act.number,
        verdict: judgement.verdict,
        rules: judgement.verdicts.map(
            ({ rule, version, verdict, modal, missing, params, counts }): BodyValue => ({
                ...{ rule, version, verdict, modal, counts, missing: [...missing] },
                params: { ...params },
                clauses: [...ACT_RULES[rule].clauses],
            }),
        ),
        facts,
        factsSha256: factsSha256.toString('hex'),
    });

const MOVED: Readonly<Record<string, 'finding.settled' | 'finding.reopened'>> = {
    settled: 'finding.settled',
    open: 'finding.reopened',
};

type KeptFinding = Awaited<ReturnType<typeof lockFindingsOf>>[number];
type Found = RuleFinding & { readonly rule: ActRuleId; readonly version: number };

async function keepFindings(tx: Tx, { act, judgement }: Judged, kept: readonly KeptFinding[]): Promise<DomainEvent[]> {
    const found = judgement.verdicts.flatMap(({ rule, version, findings }) =>
        findings.map((each): Found => ({ ...each, rule, version })),
    );
    const excused = new Set(act.facts.excuses.map((each) => each.recordingId));
    const isExcused = ({ code, aboutId }: Pick<Found, 'code' | 'aboutId'>) =>
        code === 'stored.late' && aboutId !== null && excused.has(aboutId);
    const left = [...kept];
    const events: DomainEvent[] = [];
    for (const each of found) {
        const at = left.findIndex((row) => row.rule === each.rule && sameFinding(placeOf(row), each));
        const [row] = at < 0 ? [] : left.splice(at, 1);
        events.push(
            ...(row === undefined
                ? [await raise(tx, act, each, isExcused(each))]
                : await moveOn(tx, act, row, each, stateAfterJudging(row.state, true, isExcused(each)))),
        );
    }
    for (const row of left) {
        const state = stateAfterJudging(row.state, false, false);
        if (state !== row.state) events.push(...(await moveOn(tx, act, row, undefined, state)));
    }
    return events;
}

const placeOf = ({ key, code, person_id, from_at, to_at }: KeptFinding) => ({
    ...{ key, code },
    ...{ personId: person_id, from: from_at, to: to_at },
});

async function raise(tx: Tx, act: ActForRules, each: Found, excused: boolean): Promise<DomainEvent> {
    const row = await insertFinding(tx, {
        ...{ id: tx.newId(), act_id: act.id, rule: each.rule, rule_version: each.version, found_at: tx.now },
        ...contentOf(act, each),
        state: excused ? 'explained' : 'open',
    });
    return { kind: 'finding.found', creates: [row.id], objects: [act.id], body: findingBody(act, each) };
}

const contentOf = (act: ActForRules, each: Found) => ({
    ...{ key: each.key, code: each.code, modal: each.modal, params: JSON.stringify(each.params) },
    ...{ person_id: each.personId, owner_id: each.personId ?? act.leadId, about_id: each.aboutId },
    ...{ from_at: each.from, to_at: each.to },
});

const findingBody = (act: ActForRules, each: Found) =>
    bodyOf({
        ...{ act: act.number, rule: each.rule, version: each.version, code: each.code, modal: each.modal },
        ...{ params: { ...each.params }, personId: each.personId, aboutId: each.aboutId, from: each.from, to: each.to },
    });

/** Writes and says only what is new: a gap whose edges the clock moved, a state. */
async function moveOn(
    tx: Tx,
    act: ActForRules,
    row: KeptFinding,
    each: Found | undefined,
    state: FindingState,
): Promise<DomainEvent[]> {
    const content = each === undefined ? {} : contentOf(act, each);
    const isSame =
        each === undefined ||
        (row.key === each.key &&
            row.code === each.code &&
            row.modal === each.modal &&
            row.owner_id === (each.personId ?? act.leadId) &&
            row.from_at === each.from &&
            row.to_at === each.to &&
            sortedWords(row.params) === sortedWords(each.params));
    if (isSame && state === row.state) return [];
    const settled_at = state === 'settled' ? tx.now : state === row.state ? row.settled_at : null;
    await updateFinding(tx, row, { ...content, state, settled_at });
    const kind = state === row.state ? 'finding.changed' : (MOVED[state] ?? 'finding.changed');
    const body = each === undefined ? bodyOf({ act: act.number, code: row.code, state }) : { ...findingBody(act, each), state };
    return [{ kind, objects: [row.id, act.id], body }];
}

const sortedWords = (params: unknown): string =>
    JSON.stringify(Object.entries(params as Record<string, number>).toSorted(([a], [b]) => (a < b ? -1 : 1)));
