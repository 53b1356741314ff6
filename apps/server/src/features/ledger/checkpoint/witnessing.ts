import {
    type AddCheckpointAnswer,
    consistencyProof,
    DomainError,
    formatVerifierKey,
    HEAD_HASHES,
    type HeadHash,
    type Id,
    MINUTE,
    type PolicyWitness,
    parseCheckpoint,
    parseNote,
    SECOND,
    stopsSigning,
    type VerifiedNote,
    verifyNote,
} from '@liuhen/domain';
import { nodeDigest } from '../../../platform/digest.ts';
import type { Looking } from '../../../platform/keep-looking.ts';
import { keepLooking } from '../../../platform/keep-looking.ts';
import type { Services } from '../../../platform/services.ts';
import { AdvisoryLocker } from '../../../platform/uploads/advisory-locker.ts';
import { verifyNoteKey } from '../../../platform/verify-note-key.ts';
import { readWitnesses } from '../../../platform/witnesses.ts';
import { everyLog, type LastCheckpoint, lastCheckpoint } from './checkpoint.queries.ts';
import { treeNodes } from './tree.queries.ts';
import { currentOrigin, lastCosigned } from './witness.queries.ts';
import { addCosignature, endTrouble, noteTrouble } from './witness.store.ts';
import { judgeClaim, type Trouble } from './witness-claim.ts';
import { askWitness } from './witness-client.ts';

type Tools = Pick<Services, 'db' | 'clock' | 'config' | 'installation'>;
/** What is asked of whom: the newest checkpoint of one head of a log. */
type Asked = {
    readonly orgId: Id;
    readonly head: HeadHash;
    readonly witness: PolicyWitness;
    readonly verifier: string;
    readonly checkpoint: LastCheckpoint;
    readonly origin: string;
    /** What the witness is thought to have. */
    readonly has: bigint;
};

/** After a failure a witness is asked again so soon, and twice as late after each further one, up to `LONGEST_MS`. */
const FIRST_MS = 10 * SECOND;
const LONGEST_MS = 10 * MINUTE;

/** Hands the newest checkpoint of each log to the witnesses, and keeps what they sign. Signing never waits for it. */
export class Witnessing implements Looking {
    readonly #tools: Tools;
    readonly #later = new Map<string, { failures: number; at: number }>();
    #stopped = false;

    constructor(tools: Tools) {
        this.#tools = tools;
    }

    /** Each witness beside the others: one that does not answer holds up no other. */
    async look(): Promise<void> {
        const { witnesses } = await readWitnesses(this.#tools.config);
        const reachable = witnesses.filter(({ url }) => url !== undefined);
        if (reachable.length === 0) return;
        const logs = await everyLog(this.#tools);
        await Promise.all(reachable.map((witness) => this.#ask(witness, logs)));
    }

    stop(): void {
        this.#stopped = true;
    }

    async close(): Promise<void> {}

    async #ask(witness: PolicyWitness, logs: readonly Id[]): Promise<void> {
        const verifier = formatVerifierKey(witness.key);
        for (const orgId of logs)
            for (const head of HEAD_HASHES) {
                const key = `${verifier} ${orgId} ${head}`;
                const later = this.#later.get(key);
                if (this.#stopped || (later !== undefined && this.#tools.clock.now() < later.at)) continue;
                const asked = await this.#question({ orgId, head, witness, verifier });
                if (asked === undefined) continue;
                const trouble = await handOver(this.#tools, asked);
                await this.#note(key, asked, trouble);
                // Who does not answer for one log does not for the others either.
                if (trouble?.code === 'witness.unreachable') return;
            }
    }

    /** Undefined where there is nothing new to be cosigned. */
    #question(of: Pick<Asked, 'orgId' | 'head' | 'witness' | 'verifier'>): Promise<Asked | undefined> {
        const { orgId, head, verifier } = of;
        return this.#tools.db.read({ readOrgs: [orgId] }, async (db) => {
            const checkpoint = await lastCheckpoint(db, orgId, head);
            if (checkpoint === undefined) return undefined;
            const { origin } = parseCheckpoint(parseNote(checkpoint.note).text);
            // Of a log that goes on under another name the old one is not asked for any more.
            if (origin !== (await currentOrigin(db, orgId, head))) return undefined;
            const last = await lastCosigned(db, orgId, head, verifier);
            const has = last?.origin === origin ? BigInt(last.size) : 0n;
            return has === checkpoint.size ? undefined : { ...of, checkpoint, origin, has };
        });
    }

    async #note(key: string, asked: Asked, trouble: Trouble | undefined): Promise<void> {
        if (trouble === undefined) {
            this.#later.delete(key);
            return endTrouble(this.#tools, asked.orgId, asked);
        }
        const failures = (this.#later.get(key)?.failures ?? 0) + 1;
        const wait = Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1));
        this.#later.set(key, { failures, at: this.#tools.clock.now() + wait });
        await noteTrouble(this.#tools, asked.orgId, asked, trouble.code, trouble.params);
    }
}

/** One checkpoint to one witness, with the proof from what it has; it may know better what that is, once. */
async function handOver(tools: Tools, asked: Asked): Promise<Trouble | undefined> {
    let answer = await ask(tools, asked, asked.has);
    if (answer?.kind === 'otherSize') {
        const { size } = answer;
        if (size > asked.checkpoint.size) return judgeClaim(tools, asked, { witnessed: size });
        answer = await ask(tools, asked, size);
    }
    if (answer === undefined) return { code: 'witness.unreachable', params: {} };
    if (answer.kind === 'cosigned') return keep(tools, asked, answer);
    if (answer.kind === 'otherSize') return { code: 'witness.refused', params: { status: '409' } };
    const params = { status: String(answer.status) };
    // Our own proof is right: what the witness has of this log is another tree, or it is wrong.
    if (answer.status === 422 || answer.status === 409) return judgeClaim(tools, asked, { status: String(answer.status) });
    return { code: answer.status === 404 ? 'witness.unknownLog' : 'witness.refused', params };
}

async function ask({ db }: Tools, { orgId, head, witness, checkpoint }: Asked, from: bigint) {
    const { size, note } = checkpoint;
    const proof = await db.read({ readOrgs: [orgId] }, (read) =>
        consistencyProof(nodeDigest[head], from, size, treeNodes(read, orgId, head)),
    );
    return askWitness(witness, { oldSize: from, proof, checkpoint: note });
}

/** Verified before it is kept: what a witness sends could be anything. */
async function keep(
    tools: Tools,
    { orgId, head, witness, verifier, checkpoint, origin }: Asked,
    { signatures }: AddCheckpointAnswer & { kind: 'cosigned' },
): Promise<Trouble | undefined> {
    const { text } = parseNote(checkpoint.note);
    let cosigned: VerifiedNote['verified'][number] | undefined;
    try {
        [cosigned] = (await verifyNote({ text, signatures }, [witness.key], verifyNoteKey)).verified;
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
    }
    if (cosigned?.time === undefined) return { code: 'witness.badSignature', params: {} };
    const { signature } = cosigned.signature;
    await addCosignature(tools, orgId, { head, size: checkpoint.size, verifier, origin, time: cosigned.time, signature });
    return undefined;
}

/**
 * Throws `installation.witnessAhead` where a witness that answers shows a checkpoint that the log signed of more than the database holds:
 * it was put back, and what was signed last may have been put back with it. What the witness shows is kept for `continue-log`. One that
 * says so and shows nothing keeps nobody from starting.
 */
export async function refuseWitnessedMore(tools: Tools): Promise<void> {
    const { witnesses } = await readWitnesses(tools.config);
    for (const witness of witnesses.filter(({ url }) => url !== undefined)) {
        const verifier = formatVerifierKey(witness.key);
        for (const orgId of await everyLog(tools)) {
            const found = await tools.db.read({ readOrgs: [orgId] }, async (db) => {
                const checkpoint = await lastCheckpoint(db, orgId, 'sha256');
                const origin = await currentOrigin(db, orgId, 'sha256');
                return checkpoint !== undefined && parseCheckpoint(parseNote(checkpoint.note).text).origin === origin
                    ? { ...checkpoint, origin }
                    : undefined;
            });
            if (found === undefined) continue;
            const answer = await askWitness(witness, { oldSize: found.size, proof: [], checkpoint: found.note });
            if (answer === undefined) break;
            if (answer.kind !== 'otherSize' || answer.size <= found.size) continue;
            const about = { orgId, head: 'sha256', witness, origin: found.origin } as const;
            const trouble = await judgeClaim(tools, about, { witnessed: answer.size });
            if (trouble === undefined) continue;
            await noteTrouble(tools, orgId, { head: 'sha256', verifier }, trouble.code, trouble.params);
            if (!stopsSigning(trouble.code)) continue;
            const { witnessed = '', size = '' } = trouble.params;
            throw new DomainError('installation.witnessAhead', { witnessed, size, witness: witness.key.name });
        }
    }
}

/** Of several nodes one at a time. */
class OneNode implements Looking {
    readonly #witnessing: Witnessing;
    readonly #locker: AdvisoryLocker;

    constructor(services: Services) {
        this.#witnessing = new Witnessing(services);
        this.#locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 0 });
    }

    async look(): Promise<void> {
        const lock = await this.#locker.lock('witnesses', { mayBeTaken: () => false, release: () => undefined });
        try {
            await this.#witnessing.look();
        } finally {
            await lock.unlock();
        }
    }

    stop(): void {
        this.#witnessing.stop();
    }

    close(): Promise<void> {
        return this.#locker.close();
    }
}

/** Hands checkpoints over as long as the server runs. */
export const startWitnessing = (services: Services, stops: (() => Promise<void>)[]): void => {
    if (services.config.witnessFile === undefined) return;
    keepLooking(
        services,
        new OneNode(services),
        { everyMs: services.config.checkpointMs, failed: 'handing checkpoints to witnesses failed' },
        stops,
    );
};

/** Asks every witness once, for what needs its checkpoint cosigned soon. One that does not answer is asked again by who keeps looking. */
export async function witnessNow(services: Services): Promise<void> {
    if (services.config.witnessFile !== undefined) await new Witnessing(services).look();
}
