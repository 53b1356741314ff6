import { createHash } from 'node:crypto';
import { ACT_RULES, type Id, type Instant, judgeAct, type KeptVerdict, SYSTEM_ID } from '@liuhen/domain';
import { runCommand } from '../../platform/command/command.ts';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { JUDGEMENT_KEYS } from './finding.store.ts';
import { keptOf, wordsOf } from './judgement-words.ts';
import { type Judged, keepJudgements } from './keep-judgements.ts';
import { type ActForRules, actsForRules } from './rule-facts.queries.ts';

type Tools = Pick<Services, 'db' | 'clock' | 'commands'>;

/** Acts judged in one command: so many entries are appended at once. */
export const CHUNK = 250;

/** Chunks of one organisation on their way at once: while the database writes one, others are read, judged and signed. */
const AT_ONCE = 3;

/** Judges acts by every rule and keeps what differs from the last time, each with an entry. Gives how many had changed. */
export const judgeActs = (tools: Tools, orgId: Id, ids: readonly Id[], size = CHUNK): Promise<number> =>
    inChunks(ids, size, (chunk) => judgeOnce(tools, orgId, chunk));

/** Does some work for all, chunk by chunk, several at once; gives the sum. No chunk is begun after one that failed, whose failure is thrown once all have ended. */
export async function inChunks(
    ids: readonly Id[],
    size: number,
    work: (chunk: readonly Id[]) => Promise<number>,
): Promise<number> {
    let at = 0;
    let sum = 0;
    const failures: unknown[] = [];
    const chunks = async () => {
        while (at < ids.length && failures.length === 0) {
            const chunk = ids.slice(at, at + size);
            at += size;
            try {
                const done = await work(chunk);
                sum += done;
            } catch (failure) {
                failures.push(failure);
            }
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, chunks));
    if (failures.length > 0) throw failures[0];
    return sum;
}

/** Judges so many acts as are judged in one command. */
export async function judgeOnce(tools: Tools, orgId: Id, ids: readonly Id[]): Promise<number> {
    const { made, changed } = await judgeChunk(tools, orgId, ids);
    await keepChunk(tools, orgId, made);
    await keepChunk(tools, orgId, changed);
    return made.length + changed.length;
}

/**
 * Acts judged for the first time, and those whose facts or verdicts are not as they were kept. Each has a command of its own: one that
 * did both would add to the sums twice, and two such could wait for each other.
 */
type Fresh = { readonly made: readonly Judged[]; readonly changed: readonly Judged[] };

function judgeChunk({ db, clock }: Tools, orgId: Id, ids: readonly Id[]): Promise<Fresh> {
    const now = clock.now();
    return db.read({ readOrgs: [orgId] }, async (read) => {
        const acts = await actsForRules(read, orgId, ids, now);
        return unlikeBefore(
            read,
            acts.map((act) => judged(act, now)),
        );
    });
}

async function keepChunk({ clock, commands }: Tools, orgId: Id, fresh: readonly Judged[]): Promise<void> {
    if (fresh.length === 0) return;
    const context = { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId: clock.newId() };
    await runCommand(
        commands,
        context,
        'act.judge',
        async (tx) => {
            const [first, ...rest] = await keepJudgements(tx, fresh);
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
    const facts = JSON.stringify({ ...act.facts, sources: act.sources });
    const kept = keptOf(judgement.verdicts);
    return { act, judgement, kept, facts, factsSha256: createHash('sha256').update(facts).digest() };
}

async function unlikeBefore(db: ReadDb, all: readonly Judged[]): Promise<Fresh> {
    if (all.length === 0) return { made: [], changed: [] };
    const rows = await db
        .selectFrom('act_judgement')
        .select(['act_id', 'facts_sha256', 'again_at'])
        .where('act_id', '=', (of) => of.fn.any(of.val(all.map(({ act }) => act.id))))
        .execute();
    const before = new Map(rows.map((row) => [row.act_id, row]));
    const same = ({ act, judgement, factsSha256 }: Judged): boolean => {
        const kept = before.get(act.id);
        return kept !== undefined && factsSha256.equals(kept.facts_sha256) && kept.again_at === judgement.judgeAgainAt;
    };
    // Where the facts differ the verdicts need not be read.
    const verdicts = await verdictsOf(db, all.filter(same));
    const [kept, never] = [all.filter(({ act }) => before.has(act.id)), all.filter(({ act }) => !before.has(act.id))];
    return {
        made: never.filter(({ act }) => act.state !== 'planned'),
        changed: kept.filter((each) => !same(each) || verdicts.get(each.act.id) !== wordsOf(each.kept)),
    };
}

async function verdictsOf(db: ReadDb, of: readonly Judged[]): Promise<Map<Id, string>> {
    if (of.length === 0) return new Map();
    const rows = await db
        .selectFrom('act_judgement')
        .select(['act_id', 'verdicts'])
        .where('act_id', '=', (acts) => acts.fn.any(acts.val(of.map(({ act }) => act.id))))
        .execute();
    return new Map(rows.map((row) => [row.act_id, wordsOf(row.verdicts as readonly KeptVerdict[])]));
}
