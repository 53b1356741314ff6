import { createHash } from 'node:crypto';
import {
    bodyOf,
    type DomainEvent,
    type Id,
    type Instant,
    judgeDevice,
    judgeUnit,
    type KeptVerdict,
    type RuleFinding,
    type RuleId,
    type RuleVerdict,
    SYSTEM_ID,
    worstVerdict,
} from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { answerDueAt } from './answer-deadline.queries.ts';
import {
    insertSubjectJudgement,
    lockSubjectFindings,
    lockSubjectJudgements,
    SUBJECT_KEYS,
    updateSubjectJudgement,
} from './finding.store.ts';
import { keptOf, rulesSaid, wordsOf } from './judgement-words.ts';
import { keepFindings } from './keep-findings.ts';
import { devicesForRules, unitForRules } from './subject-facts.queries.ts';

/** Devices judged in one command. */
const CHUNK = 20;

/** `null` stands for the unit itself. */
export type SubjectId = Id | null;

type Judged = {
    readonly deviceId: SubjectId;
    readonly name: string;
    readonly verdicts: readonly RuleVerdict<RuleId>[];
    /** As row and entry keep them. */
    readonly kept: readonly KeptVerdict[];
    readonly judgeAgainAt: Instant | null;
    readonly facts: string;
    readonly factsSha256: Buffer;
};

/** Judges the unit and recorders by their rules and keeps what differs from the last time, each with an entry. Gives how many had changed. */
export async function judgeSubjects(services: Services, orgId: Id, ids: readonly SubjectId[]): Promise<number> {
    let changed = 0;
    for (let at = 0; at < ids.length; at += CHUNK) changed += await judgeChunk(services, orgId, ids.slice(at, at + CHUNK));
    return changed;
}

async function judgeChunk(services: Services, orgId: Id, ids: readonly SubjectId[]): Promise<number> {
    const now = services.clock.now();
    const fresh = await services.db.read({ readOrgs: [orgId] }, async (db) =>
        unlikeBefore(db, orgId, await judged(db, orgId, ids, now)),
    );
    if (fresh.length === 0) return 0;
    const context = { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId: services.clock.newId() };
    return runCommand(
        services.commands,
        context,
        'unit.judge',
        async (tx) => {
            const [first, ...rest] = await keepJudgements(tx, fresh);
            if (first === undefined) throw new Error('every judgement has an entry');
            return { result: fresh.length, events: [first, ...rest] as const };
        },
        { retryOn: SUBJECT_KEYS },
    );
}

async function judged(db: ReadDb, orgId: Id, ids: readonly SubjectId[], now: Instant): Promise<Judged[]> {
    const all: Judged[] = [];
    const add = (deviceId: SubjectId, name: string, of: unknown, by: Pick<Judged, 'verdicts' | 'judgeAgainAt'>) => {
        const facts = JSON.stringify(of);
        all.push({
            deviceId,
            name,
            ...by,
            kept: keptOf(by.verdicts),
            facts,
            factsSha256: createHash('sha256').update(facts).digest(),
        });
    };
    if (ids.includes(null)) {
        const { name, facts } = await unitForRules(db, orgId);
        add(null, name, facts, judgeUnit(facts, now));
    }
    const devices = ids.filter((each) => each !== null);
    // What is retired is used no more, and nothing of it is left to be answered.
    for (const { id, number, retired, facts } of await devicesForRules(db, orgId, devices, now))
        add(id, number, facts, retired ? { verdicts: [], judgeAgainAt: null } : judgeDevice(facts, now));
    return all;
}

/** Those whose facts or verdicts are not as they were kept. */
async function unlikeBefore(db: ReadDb, orgId: Id, all: readonly Judged[]): Promise<Judged[]> {
    const rows = await db
        .selectFrom('subject_judgement')
        .select(['device_id', 'facts_sha256', 'verdicts', 'again_at'])
        .where('org_id', '=', orgId)
        .execute();
    const before = new Map(rows.map((row) => [row.device_id, row]));
    return all.filter(({ deviceId, kept: verdicts, judgeAgainAt, factsSha256 }) => {
        const kept = before.get(deviceId);
        if (kept === undefined) return verdicts.length > 0;
        return (
            !factsSha256.equals(kept.facts_sha256) ||
            kept.again_at !== judgeAgainAt ||
            wordsOf(kept.verdicts as readonly KeptVerdict[]) !== wordsOf(verdicts)
        );
    });
}

async function keepJudgements(tx: Tx, all: readonly Judged[]): Promise<DomainEvent[]> {
    const devices = all.flatMap((each) => each.deviceId ?? []);
    const ofUnit = all.some((each) => each.deviceId === null);
    const before = new Map((await lockSubjectJudgements(tx, devices, ofUnit)).map((row) => [row.device_id, row]));
    const findings = Map.groupBy(await lockSubjectFindings(tx, devices, ofUnit), (row) => row.device_id);
    const dueAt = await answerDueAt(tx.read, tx.orgId, tx.now);
    const events: DomainEvent[] = [];
    for (const each of all) {
        const { deviceId, name } = each;
        const kept = before.get(deviceId);
        const row =
            kept === undefined
                ? await insertSubjectJudgement(tx, { id: tx.newId(), device_id: deviceId, ...columnsOf(each, tx.now) })
                : await updateSubjectJudgement(tx, kept, columnsOf(each, tx.now));
        const about = kept === undefined ? { creates: [row.id] } : { objects: [row.id] };
        const kind = deviceId === null ? 'unit.judged' : 'device.judged';
        events.push({ kind, ...about, body: judgementBody(each) });
        const subject = {
            // The organisation stands in the log of whoever made it: of the unit its judgement is named.
            id: deviceId ?? row.id,
            columns: { act_id: null, device_id: deviceId },
            named: deviceId === null ? { unit: name } : { device: name },
            dueAt,
            // What is the holder's own duty the holder answers; else whoever holds the role.
            ownerOf: (found: RuleFinding) => (found.role === null ? found.personId : null),
            isExcused: () => false,
        };
        events.push(...(await keepFindings(tx, subject, each.verdicts, findings.get(deviceId) ?? [])));
    }
    return events;
}

const columnsOf = ({ verdicts, kept, judgeAgainAt, factsSha256 }: Judged, now: Instant) => ({
    judged_at: now,
    verdict: worstVerdict(verdicts),
    verdicts: JSON.stringify(kept),
    facts_sha256: factsSha256,
    again_at: judgeAgainAt,
});

/** With the facts whole, so that anybody can judge again what was judged; the entry before it is cited by the object's own sequence. */
const judgementBody = ({ deviceId, name, verdicts, kept, facts, factsSha256 }: Judged) =>
    bodyOf({
        ...(deviceId === null ? { unit: name } : { deviceId, device: name }),
        verdict: worstVerdict(verdicts),
        rules: rulesSaid(kept),
        facts,
        factsSha256: factsSha256.toString('hex'),
    });
