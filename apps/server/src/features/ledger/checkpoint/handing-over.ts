import {
    consistencyProof,
    DomainError,
    formatVerifierKey,
    type HeadHash,
    type Id,
    MINUTE,
    type NoteSignature,
    type PolicyWitness,
    parseCheckpoint,
    parseNote,
    SECOND,
    type VerifiedNote,
    verifyNote,
} from '@liuhen/domain';
import { nodeDigest } from '../../../platform/digest.ts';
import type { Looking } from '../../../platform/keep-looking.ts';
import type { Services } from '../../../platform/services.ts';
import { AdvisoryLocker } from '../../../platform/uploads/advisory-locker.ts';
import { verifyNoteKey } from '../../../platform/verify-note-key.ts';
import { everyLog, type LastCheckpoint, lastCheckpoint } from './checkpoint.queries.ts';
import { treeNodes } from './tree.queries.ts';
import { currentOrigin, lastCosigned } from './witness.queries.ts';
import { addCosignature, endTrouble, noteTrouble } from './witness.store.ts';
import { judgeClaim, type Trouble } from './witness-claim.ts';
import { askWitness } from './witness-client.ts';
import { noteLapse } from './witness-lapse.ts';

export type HandingTools = Pick<Services, 'db' | 'clock' | 'config' | 'installation' | 'commands'>;
/** What is asked of whom: the newest checkpoint of one head of a log. */
export type Asked = {
    readonly orgId: Id;
    readonly head: HeadHash;
    readonly witness: PolicyWitness;
    readonly verifier: string;
    readonly checkpoint: LastCheckpoint;
    readonly origin: string;
    /** What the witness is thought to have. */
    readonly has: bigint;
};

/** Who is asked, of which heads, and how one of them is. */
type Handing = {
    readonly who: () => Promise<readonly PolicyWitness[]>;
    readonly heads: readonly HeadHash[];
    readonly hand: (asked: Asked) => Promise<Trouble | undefined>;
};

/** After a failure a witness is asked again so soon, and twice as late after each further one, up to `LONGEST_MS`. */
const FIRST_MS = 10 * SECOND;
const LONGEST_MS = 10 * MINUTE;

/** Hands the newest checkpoint of each log to others, and keeps what they sign. Signing never waits for it. */
export class HandingOver implements Looking {
    readonly #tools: HandingTools;
    readonly #handing: Handing;
    readonly #later = new Map<string, { failures: number; at: number }>();
    #stopped = false;

    constructor(tools: HandingTools, handing: Handing) {
        this.#tools = tools;
        this.#handing = handing;
    }

    /** Each of them beside the others: one that does not answer holds up no other. */
    async look(): Promise<void> {
        const reachable = (await this.#handing.who()).filter(({ url }) => url !== undefined);
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
            for (const head of this.#handing.heads) {
                const key = `${verifier} ${orgId} ${head}`;
                const later = this.#later.get(key);
                if (this.#stopped || (later !== undefined && this.#tools.clock.now() < later.at)) continue;
                const asked = await this.#question({ orgId, head, witness, verifier });
                if (asked === undefined) continue;
                const trouble = await this.#handing.hand(asked).catch(damaged);
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

/** One damaged log keeps no other from being handed over. */
function damaged(error: unknown): Trouble {
    if (error instanceof DomainError && error.code === 'merkle.nodeMissing') return { code: 'log.entriesDiffer', params: {} };
    throw error;
}

/**
 * One checkpoint to one witness, with the proof from what it has; it may know better what that is, once. Gives what it signed, not verified,
 * or why it did not.
 */
export async function submit(tools: HandingTools, asked: Asked): Promise<{ signatures: readonly NoteSignature[] } | Trouble> {
    let answer = await ask(tools, asked, asked.has);
    if (answer?.kind === 'otherSize') {
        const { size } = answer;
        if (size > asked.checkpoint.size) return (await judgeClaim(tools, asked, { witnessed: size })) ?? OVERTAKEN;
        // More than is known here is an answer that was lost; less was never lawful.
        if (size < asked.has) await noteLapse(tools, asked, size);
        answer = await ask(tools, asked, size);
    }
    if (answer === undefined) return { code: 'witness.unreachable', params: {} };
    if (answer.kind === 'cosigned') return answer;
    if (answer.kind === 'otherSize') return OVERTAKEN;
    const params = { status: String(answer.status) };
    // Our own proof is right: what the witness has of this log is another tree, or it is wrong.
    if (answer.status === 422 || answer.status === 409) return (await judgeClaim(tools, asked, params)) ?? OVERTAKEN;
    return { code: answer.status === 404 ? 'witness.unknownLog' : 'witness.refused', params };
}

/** Something else was handed over in this moment. */
const OVERTAKEN: Trouble = { code: 'witness.refused', params: { status: '409' } };

async function ask({ db }: HandingTools, { orgId, head, witness, checkpoint }: Asked, from: bigint) {
    const { size, note } = checkpoint;
    const proof = await db.read({ readOrgs: [orgId] }, (read) =>
        consistencyProof(nodeDigest[head], from, size, treeNodes(read, orgId, head)),
    );
    return askWitness(witness, { oldSize: from, proof, checkpoint: note });
}

/** Verified before it is kept: what a witness sends could be anything. */
export async function keepCosignature(
    tools: HandingTools,
    { orgId, head, witness, verifier, checkpoint, origin }: Asked,
    signatures: readonly NoteSignature[],
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

/** Of several nodes one at a time. */
export class OneNode implements Looking {
    readonly #inner: Looking;
    readonly #name: string;
    readonly #locker: AdvisoryLocker;

    constructor(services: Services, name: string, inner: Looking) {
        this.#inner = inner;
        this.#name = name;
        this.#locker = new AdvisoryLocker({ connectionString: services.urls.app, patienceMs: 0 });
    }

    async look(): Promise<void> {
        const lock = await this.#locker.lock(this.#name, { mayBeTaken: () => false, release: () => undefined });
        try {
            await this.#inner.look();
        } finally {
            await lock.unlock();
        }
    }

    stop(): void {
        this.#inner.stop();
    }

    close(): Promise<void> {
        return this.#locker.close();
    }
}
