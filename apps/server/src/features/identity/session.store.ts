import type { DomainEvent, Id, Instant } from '@liuhen/domain';
import type { Tx } from '../../platform/command/tx.ts';

/** Why a session ended; stands in the session and in its entry. */
export type SessionEnd =
    | 'signedOut'
    | 'idle'
    | 'absolute'
    | 'replaced'
    | 'passwordChanged'
    | 'passwordReset'
    | 'secondFactorReset'
    | 'locked'
    | 'left';

export type NewSession = {
    personId: Id;
    tokenHash: Uint8Array;
    endsAt: Instant;
    address: string;
    agent: string | null;
};

/** Sessions are operational rows (the token's hash must not outlive them in the log); that one began is an entry. */
export async function insertSession(tx: Tx, session: NewSession): Promise<Id> {
    const id = tx.newId();
    await tx.db
        .insertInto('session')
        .values({
            id,
            org_id: tx.orgId,
            person_id: session.personId,
            token_hash: session.tokenHash,
            created_at: tx.now,
            last_seen_at: tx.now,
            ends_at: session.endsAt,
            client_address: session.address,
            user_agent: session.agent,
        })
        .execute();
    return id;
}

/** Ends all open sessions of a person (but one) and gives the entries that say so. */
export async function endSessionsOf(tx: Tx, personId: Id, because: SessionEnd, except?: Id): Promise<DomainEvent[]> {
    const ended = await tx.db
        .updateTable('session')
        .set({ ended_at: tx.now, ended_because: because })
        .where('person_id', '=', personId)
        .where('org_id', '=', tx.orgId)
        .where('ended_at', 'is', null)
        .$if(except !== undefined, (query) => query.where('id', '<>', except ?? ''))
        .returning('id')
        .execute();
    return ended.map((session) => sessionEnded(session.id, personId, because));
}

/** Ends one session; no entry when it is over already. */
export async function endSession(tx: Tx, session: { id: Id; personId: Id }, because: SessionEnd): Promise<DomainEvent[]> {
    const ended = await tx.db
        .updateTable('session')
        .set({ ended_at: tx.now, ended_because: because })
        .where('id', '=', session.id)
        .where('org_id', '=', tx.orgId)
        .where('ended_at', 'is', null)
        .returning('id')
        .execute();
    return ended.map(() => sessionEnded(session.id, session.personId, because));
}

const sessionEnded = (id: Id, personId: Id, because: SessionEnd): DomainEvent => ({
    kind: 'session.ended',
    objects: [id, personId],
    body: { because },
});
