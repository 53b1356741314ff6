import { createHash } from 'node:crypto';
import {
    ACT_RULES,
    type ActJudgement,
    type BodyValue,
    bodyOf,
    type DomainEvent,
    type Id,
    type Instant,
    judgeAct,
    SYSTEM_ID,
} from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { answerDueAt } from './answer-deadline.queries.ts';
import { insertJudgement, JUDGEMENT_KEYS, lockFindingsOf, lockJudgements, updateJudgement } from './finding.store.ts';
import { type FindingSubject, keepFindings } from './keep-findings.ts';
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
    const dueAt = await answerDueAt(tx.read, tx.orgId, tx.now);
    const events: DomainEvent[] = [];
    for (const each of all) {
        const kept = before.get(each.act.id);
        const row =
            kept === undefined
                ? await insertJudgement(tx, { id: tx.newId(), act_id: each.act.id, ...columnsOf(each, tx.now) })
                : await updateJudgement(tx, kept, columnsOf(each, tx.now));
        const about = kept === undefined ? { creates: [row.id] } : { objects: [row.id] };
        events.push({ kind: 'act.judged', ...about, body: judgementBody(each) });
        events.push(
            ...(await keepFindings(tx, actSubject(each, dueAt), each.judgement.verdicts, findings.get(each.act.id) ?? [])),
        );
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

/** Whose findings these are: of an act whoever leads it answers what is nobody's in particular. */
const actSubject = ({ act }: Judged, dueAt: Instant | null): FindingSubject => {
    const excused = new Set(act.facts.excuses.map((each) => each.recordingId));
    return {
        id: act.id,
        columns: { act_id: act.id },
        named: { act: act.number },
        dueAt,
        ownerOf: (each) => each.personId ?? act.leadId,
        isExcused: ({ code, aboutId }) => code === 'stored.late' && aboutId !== null && excused.has(aboutId),
    };
};
