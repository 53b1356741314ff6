import { DomainError, type Id, isSecrecyHead, SECRECY_HEADS, type SecrecyMark, type SecrecySubject } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';

/**
 * 附件1 第12条 in queries: whether the reader sees more of the act `alias` than its number and kind. The same as the domain's
 * `maySeeAct`, said to the database, so that nothing of a secret act leaves it.
 */
export const seesAct = (subject: SecrecySubject, alias = 'a') =>
    isSecrecyHead(subject)
        ? sql<SqlBool>`true`
        : sql<SqlBool>`(${sql.ref(`${alias}.secrecy`)} is null or exists (
            select from act_participant concerned where concerned.act_id = ${sql.ref(`${alias}.id`)}
            and concerned.removed_at is null and concerned.person_id = ${subject.personId}))`;

/**
 * The same for long lists of what may belong to an act, named by the column `of`: no act that is hidden from the reader. Few acts
 * are secret and stand in an index of their own, so that a row costs one look there, where `seesAct` would read its act.
 */
export const notOfHiddenAct = (subject: SecrecySubject, of: string) =>
    isSecrecyHead(subject)
        ? undefined
        : sql<SqlBool>`not exists (select from act secret where secret.id = ${sql.ref(of)} and secret.secrecy is not null
            and not exists (select from act_participant concerned where concerned.act_id = secret.id
                and concerned.removed_at is null and concerned.person_id = ${subject.personId}))`;

/** The same for what belongs to an act, if to any: its recordings, documents. Throws `act.restricted`. */
export async function refuseUnlessActVisible(db: ReadDb, actId: Id | null, personId: Id): Promise<void> {
    if (actId === null) return;
    const act = await db.selectFrom('act').select(['id', 'secrecy']).where('id', '=', actId).executeTakeFirst();
    if (act !== undefined) await refuseUnlessVisible(db, act, personId);
}

/** The same for a command, whose actor's roles are looked up; only a secret act costs a query. Throws `act.restricted`. */
export async function refuseUnlessVisible(
    db: ReadDb,
    act: { readonly id: Id; readonly secrecy: SecrecyMark | null },
    personId: Id,
): Promise<void> {
    if (act.secrecy === null) return;
    const row = await db
        .selectFrom('act_participant')
        .select('id')
        .where('act_id', '=', act.id)
        .where('person_id', '=', personId)
        .where('removed_at', 'is', null)
        .limit(1)
        .executeTakeFirst();
    if (row !== undefined) return;
    const head = await db
        .selectFrom('role_grant')
        .select('id')
        .where('person_id', '=', personId)
        .where('role', 'in', [...SECRECY_HEADS])
        .where('ended_at', 'is', null)
        .limit(1)
        .executeTakeFirst();
    if (head === undefined) throw new DomainError('act.restricted');
}
