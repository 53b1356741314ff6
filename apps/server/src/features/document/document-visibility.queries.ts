import { DomainError, type Id, isSecrecyHead } from '@liuhen/domain';
import { type SqlBool, sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { type Inbox, waitingsOfRoles } from './document-inbox.ts';
import { rolesOf } from './document-roles.queries.ts';

/**
 * 附件1 第12条 for documents: those of a secret act are seen by whoever sees the act, who wrote them, and whose turn it is.
 * Said to the database for the list; the secret acts of others are few and looked up once.
 */
export const seesDocument = (inbox: Inbox) =>
    isSecrecyHead(inbox)
        ? sql<SqlBool>`true`
        : sql<SqlBool>`(d.act_id is null or d.author_id = ${inbox.personId} or d.waits_for = any (${waitingsOfRoles(inbox.roles)}::text[])
            or d.act_id not in (select secret.id from act as secret where secret.secrecy is not null and not exists (
                select from act_participant concerned where concerned.act_id = secret.id
                and concerned.removed_at is null and concerned.person_id = ${inbox.personId})))`;

type Seen = { readonly act_id: Id | null; readonly writer_ids: readonly Id[]; readonly waits_for: string | null };

/** The same for one document. Throws `act.restricted`. */
export async function refuseUnlessSeen(db: ReadDb, orgId: Id, document: Seen, personId: Id): Promise<void> {
    if (document.act_id === null || document.writer_ids.includes(personId)) return;
    try {
        await refuseUnlessActVisible(db, document.act_id, personId);
    } catch (error) {
        // Only a secret act costs this look at the roles.
        const turns: readonly string[] = waitingsOfRoles(await rolesOf(db, orgId, personId));
        if (document.waits_for === null || !turns.includes(document.waits_for)) throw error;
    }
}

/** For what is asked about a document by its id. Throws `document.notFound` or `act.restricted`. */
export async function refuseUnlessDocumentSeen(db: ReadDb, orgId: Id, id: Id, personId: Id): Promise<void> {
    const document = await db
        .selectFrom('document')
        .select(['act_id', 'writer_ids', 'waits_for'])
        .where('id', '=', id)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (document === undefined) throw new DomainError('document.notFound');
    await refuseUnlessSeen(db, orgId, document, personId);
}
