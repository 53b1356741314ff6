import { type DocumentWaiting, type Id, PERMISSIONS_OF, type Role, SIGNING_HEADS } from '@liuhen/domain';
import { type RawBuilder, type SqlBool, sql } from 'kysely';

/** Who reads the list, as far as it decides what waits for them. */
export type Inbox = { readonly personId: Id; readonly roles: readonly Role[] };

/** Steps that are the author's own. */
const OF_AUTHOR: readonly DocumentWaiting[] = ['writing', 'number', 'issue', 'correction', 'service', 'filing'];

/** Steps that another person does than those who wrote. */
export function waitingsOfRoles(roles: readonly Role[]): DocumentWaiting[] {
    const may = (permission: (typeof PERMISSIONS_OF)[Role][number]) =>
        roles.some((role) => PERMISSIONS_OF[role].includes(permission));
    return [
        ...(may('document.review') ? (['review', 'check'] as const) : []),
        ...(may('document.legalReview') ? (['legalReview'] as const) : []),
        ...(may('document.seal') ? (['seal'] as const) : []),
        ...SIGNING_HEADS.filter((head) => roles.includes(head)),
        ...(roles.includes('agencyHead') ? (['regularisation'] as const) : []),
    ];
}

/**
 * What waits for the reader: by role where they did not write it, and their own steps where they did. No document is in both,
 * since no step is of both kinds; apart from each other each is found in an index of its own.
 */
export function waitingParts({ personId, roles }: Inbox): readonly RawBuilder<SqlBool>[] {
    return [
        sql<SqlBool>`d.waits_for = any (${waitingsOfRoles(roles)}::text[])
            and (d.waits_for = 'seal' or not ${personId}::uuid = any (d.writer_ids))`,
        sql<SqlBool>`d.waits_for = any (${[...OF_AUTHOR]}::text[]) and d.author_id = ${personId}`,
    ];
}
