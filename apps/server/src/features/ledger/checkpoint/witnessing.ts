import { setTimeout as sleep } from 'node:timers/promises';
import {
    DomainError,
    formatVerifierKey,
    HEAD_HASHES,
    type Id,
    type PolicyWitness,
    parseCheckpoint,
    parseNote,
    SECOND,
    stopsSigning,
} from '@liuhen/domain';
import { keepLooking } from '../../../platform/keep-looking.ts';
import type { Services } from '../../../platform/services.ts';
import { readWitnesses } from '../../../platform/witnesses.ts';
import { everyLog, lastCheckpoint } from './checkpoint.queries.ts';
import { HandingOver, type HandingTools, keepCosignature, OneNode, submit } from './handing-over.ts';
import { currentOrigin } from './witness.queries.ts';
import { noteTrouble } from './witness.store.ts';
import { judgeClaim } from './witness-claim.ts';
import { askWitness } from './witness-client.ts';

/** Asks the witnesses for their signatures, of both heads. */
export const witnessingOf = (tools: HandingTools): HandingOver =>
    new HandingOver(tools, {
        who: async () => (await readWitnesses(tools.config)).witnesses,
        heads: HEAD_HASHES,
        async hand(asked) {
            const answer = await submit(tools, asked);
            return 'code' in answer ? answer : keepCosignature(tools, asked, answer.signatures);
        },
    });

/**
 * Throws `installation.witnessAhead` where a witness that answers shows a checkpoint that the log signed of more than the database holds:
 * it was put back, and what was signed last may have been put back with it. What the witness shows is kept for `continue-log`. One that
 * says so and shows nothing keeps nobody from starting.
 */
export async function refuseWitnessedMore(tools: StartTools): Promise<void> {
    const witnesses = (await readWitnesses(tools.config)).witnesses.filter(({ url }) => url !== undefined);
    const logs = await everyLog(tools);
    const asking = witnesses.flatMap((witness) =>
        Array.from({ length: AT_ONCE }, (_, at) =>
            askAtStart(tools, witness, { logs: logs.filter((_, of) => of % AT_ONCE === at) }),
        ),
    );
    // A witness that is slow holds up no start for longer than that: it is asked again by who hands over, and signing stops then.
    const patience = new AbortController();
    const inTime = sleep(START_PATIENCE_MS, undefined, { signal: patience.signal, ref: false }).catch(() => undefined);
    try {
        await Promise.race([Promise.all(asking), inTime]);
    } finally {
        patience.abort();
    }
}

/** So many logs of one witness are asked about side by side. */
const AT_ONCE = 4;
const START_PATIENCE_MS = 20 * SECOND;

/** Nothing can be entered before the start. */
type StartTools = Omit<HandingTools, 'commands'>;

/** Some logs of one witness, one after the other; one that does not answer is not asked about the rest. */
async function askAtStart(tools: StartTools, witness: PolicyWitness, { logs }: { logs: readonly Id[] }): Promise<void> {
    const verifier = formatVerifierKey(witness.key);
    for (const orgId of logs) {
        const found = await tools.db.read({ readOrgs: [orgId] }, async (db) => {
            const checkpoint = await lastCheckpoint(db, orgId, 'sha256');
            const origin = await currentOrigin(db, orgId, 'sha256');
            return checkpoint !== undefined && parseCheckpoint(parseNote(checkpoint.note).text).origin === origin
                ? { ...checkpoint, origin }
                : undefined;
        });
        if (found === undefined) continue;
        const answer = await askWitness(witness, { oldSize: found.size, proof: [], checkpoint: found.note });
        if (answer === undefined) return;
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

/** Hands checkpoints over as long as the server runs. */
export const startWitnessing = (services: Services, stops: (() => Promise<void>)[]): void => {
    if (services.config.witnessFile === undefined) return;
    keepLooking(
        services,
        new OneNode(services, 'witnesses', witnessingOf(services)),
        { everyMs: services.config.checkpointMs, failed: 'handing checkpoints to witnesses failed' },
        stops,
    );
};

/** Asks every witness once, for what needs its checkpoint cosigned soon. One that does not answer is asked again by who keeps looking. */
export async function witnessNow(services: Services): Promise<void> {
    if (services.config.witnessFile !== undefined) await witnessingOf(services).look();
}
