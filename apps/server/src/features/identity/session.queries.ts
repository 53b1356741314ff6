import { DomainError, type Id, type Instant, type Role } from '@liuhen/domain';
import type { Selectable } from 'kysely';
import type { Database, ReadDb } from '../../platform/db/database.ts';
import type { Account } from '../../schema/db.generated.ts';

/**
 * The definer functions of 0002_identity.sql: they answer before anybody is known, when no organisation is in scope yet,
 * and so are called on the pool.
 */
export async function whoseLogin(db: Database, login: string): Promise<{ personId: Id; orgId: Id } | undefined> {
    const { rows } = await db.pool.query<{ person_id: Id; org_id: Id }>({
        name: 'identity.whose_login',
        text: 'select * from liuhen.whose_login($1)',
        values: [login],
    });
    return rows[0] === undefined ? undefined : { personId: rows[0].person_id, orgId: rows[0].org_id };
}

export type TokenHolder = {
    session_id: Id;
    person_id: Id;
    org_id: Id;
    name: string;
    must_change_password: boolean;
    roles: Role[];
    last_seen_at: Instant;
    ends_at: Instant;
};

export async function whoseSession(db: Database, tokenHash: Uint8Array): Promise<TokenHolder | undefined> {
    const { rows } = await db.pool.query<TokenHolder>({
        name: 'identity.whose_session',
        text: 'select * from liuhen.whose_session($1)',
        values: [tokenHash],
    });
    return rows[0];
}

export async function touchSession(db: Database, id: Id, now: Instant): Promise<void> {
    await db.pool.query('select liuhen.touch_session($1, $2)', [id, now]);
}

export type ExpiredSession = { session_id: Id; person_id: Id; org_id: Id; because: 'idle' | 'absolute' };

export async function expiredSessions(db: Database, now: Instant, idle: number, most: number): Promise<ExpiredSession[]> {
    return (await db.pool.query<ExpiredSession>('select * from liuhen.expired_sessions($1, $2, $3)', [now, idle, most])).rows;
}

export async function isSetUp(db: Database): Promise<boolean> {
    return (await db.pool.query<{ done: boolean }>('select liuhen.is_set_up() as done')).rows[0]?.done === true;
}

export async function whoseSetup(db: Database, commandId: Id): Promise<Id | undefined> {
    const { rows } = await db.pool.query<{ org_id: Id | null }>('select liuhen.whose_setup($1) as org_id', [commandId]);
    return rows[0]?.org_id ?? undefined;
}

export const accountOf = (db: ReadDb, personId: Id): Promise<Selectable<Account> | undefined> =>
    db.selectFrom('account').selectAll().where('id', '=', personId).where('ended_at', 'is', null).executeTakeFirst();

/** Person, organisation and account behind a session. */
export async function signedInPerson(db: ReadDb, personId: Id) {
    const found = await db
        .selectFrom('person')
        .innerJoin('organisation', 'organisation.id', 'person.org_id')
        .innerJoin('account', 'account.id', 'person.id')
        .select([
            'person.id',
            'person.name',
            'person.certificate_number as certificateNumber',
            'organisation.id as organisationId',
            'organisation.name as organisationName',
            'organisation.kind as organisationKind',
            'account.totp_confirmed as secondFactor',
        ])
        .where('person.id', '=', personId)
        .executeTakeFirst();
    if (found === undefined) throw new DomainError('access.signInFirst');
    return found;
}

/** Whether a command of this person already ran: its effects then stand in the way of checking it again. */
export async function hasRun(db: ReadDb, commandId: Id, actor: Id, kind: string): Promise<boolean> {
    const found = await db
        .selectFrom('command')
        .select('id')
        .where('id', '=', commandId)
        .where('actor', '=', actor)
        .where('kind', '=', kind)
        .executeTakeFirst();
    return found !== undefined;
}
