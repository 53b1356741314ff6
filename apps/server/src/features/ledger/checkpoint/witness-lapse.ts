import { bodyOf, DAY, type HeadHash, type Id, SYSTEM_ID } from '@liuhen/domain';
import { runCommand } from '../../../platform/command/command.ts';
import { operate } from '../../../platform/db/operational.ts';
import { derivedId } from '../../../platform/derived-id.ts';
import type { Services } from '../../../platform/services.ts';

type Tools = Pick<Services, 'db' | 'clock' | 'commands'>;
/** Of which log and witness; `has`: the size that it cosigned last, of what arrived here. */
type Of = {
    readonly orgId: Id;
    readonly head: HeadHash;
    readonly verifier: string;
    readonly origin: string;
    readonly has: bigint;
};

/**
 * So long after the last time the same witness makes no other entry: an entry is a new checkpoint, which it is asked about again, and
 * one that forgets each time would fill the log.
 */
const SAME_MS = DAY;

/**
 * A witness names fewer entries (`answered`) than the cosignatures of it that are kept here: it lost what it kept, or went back to an
 * older copy. C2SP tlog-witness lets it answer only with the size it cosigned last, and cosign only once that is kept. It is an entry of
 * the log, and stands beside the witness; signing goes on.
 */
export async function noteLapse(tools: Tools, { orgId, head, verifier, has, origin }: Of, answered: bigint): Promise<void> {
    const { db, clock } = tools;
    const now = clock.now();
    const last = await db.read({ readOrgs: [orgId] }, (read) =>
        read
            .selectFrom('witness_lapse')
            .select('at')
            .where('org_id', '=', orgId)
            .where('hash', '=', head)
            .where('verifier', '=', verifier)
            .executeTakeFirst(),
    );
    const again = last !== undefined && Math.abs(now - last.at) < SAME_MS;
    if (!again) {
        // The same loss is one entry, also where the server ended before it stood in the table.
        const commandId = derivedId('witness-forgot', orgId, head, verifier, origin, String(has));
        const body = bodyOf({ verifier, origin, head, had: String(has), answered: String(answered) });
        await runCommand(
            tools.commands,
            { actor: SYSTEM_ID, orgId, readOrgs: [orgId], commandId },
            'witness.noteForgotten',
            async () => ({ result: null, events: [{ kind: 'witness.forgot', objects: [], body }] }),
        );
    }
    await operate(
        db.pool,
        orgId,
        `insert into liuhen.witness_lapse as l (org_id, hash, verifier, had, answered, times, since, at)
         values ($1, $2, $3, $4, $5, 1, $6, $6)
         on conflict (org_id, hash, verifier) do update
         set had = excluded.had, answered = excluded.answered, times = l.times + 1, at = excluded.at`,
        [orgId, head, verifier, String(has), String(answered), now],
    );
}
