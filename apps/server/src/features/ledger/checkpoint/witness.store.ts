import type { HeadHash, Id, WitnessTroubleCode } from '@liuhen/domain';
import { operate } from '../../../platform/db/operational.ts';
import type { Services } from '../../../platform/services.ts';

type Tools = Pick<Services, 'db' | 'clock'>;
export type Cosigned = {
    readonly head: HeadHash;
    readonly size: bigint;
    readonly verifier: string;
    readonly origin: string;
    /** Seconds since 1970, as the witness says. */
    readonly time: bigint;
    readonly signature: Uint8Array;
};

/** Keeps a cosignature that was verified. */
export async function addCosignature(
    { db, clock }: Tools,
    orgId: Id,
    { head, size, verifier, origin, time, signature }: Cosigned,
): Promise<void> {
    await operate(db.pool, orgId, 'select ledger.add_cosignature($1, $2, $3, $4, $5, $6, $7, $8)', [
        ...[orgId, head, String(size), verifier, origin, String(time), Buffer.from(signature)],
        clock.now(),
    ]);
}

/** Says why a witness does not cosign; the time is that of the first time the same was said. */
export async function noteTrouble(
    { db, clock }: Tools,
    orgId: Id,
    of: { readonly head: HeadHash; readonly verifier: string },
    code: WitnessTroubleCode,
    params: Readonly<Record<string, string>>,
): Promise<void> {
    await operate(
        db.pool,
        orgId,
        `insert into liuhen.witness_trouble as t (org_id, hash, verifier, code, params, since) values ($1, $2, $3, $4, $5, $6)
         on conflict (org_id, hash, verifier) do update
         set params = excluded.params, since = case when t.code = excluded.code then t.since else excluded.since end, code = excluded.code`,
        [orgId, of.head, of.verifier, code, JSON.stringify(params), clock.now()],
    );
}

/** The witness cosigns again; without one, what all of them said of a name that is not used any more. */
export async function endTrouble({ db }: Pick<Tools, 'db'>, orgId: Id, of?: { head: HeadHash; verifier: string }): Promise<void> {
    if (of === undefined) await operate(db.pool, orgId, 'delete from liuhen.witness_trouble where org_id = $1', [orgId]);
    else
        await operate(db.pool, orgId, 'delete from liuhen.witness_trouble where org_id = $1 and hash = $2 and verifier = $3', [
            orgId,
            of.head,
            of.verifier,
        ]);
}
