import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { DomainError, endOfPeriod, type Id, type Instant, type ServiceFacts } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { calendarFor } from '../parameter/calendar.queries.ts';
import { parameterAt } from '../parameter/parameter.queries.ts';

type Listed = ResponseOf<Endpoints['document.services']>;

/** End of the term of a public notice, by the parameter in force when it was published (民事诉讼法 2023 第95条). */
export async function noticeEnd(db: ReadDb, orgId: Id, publishedAt: Instant): Promise<Instant> {
    const { value } = await parameterAt(db, orgId, 'deadline.publicService', publishedAt);
    if (value === null) throw new DomainError('document.noticeTermMissing');
    const end = endOfPeriod(publishedAt, value, { calendar: await calendarFor(db, orgId), rollsOn: true });
    if (end.state !== 'running') throw new DomainError('document.noticeTermMissing');
    return end.due;
}

export async function listServices(db: ReadDb, orgId: Id, documentId: Id): Promise<Listed> {
    const known = await db
        .selectFrom('document')
        .select('id')
        .where('id', '=', documentId)
        .where('org_id', '=', orgId)
        .executeTakeFirst();
    if (known === undefined) throw new DomainError('document.notFound');
    const rows = await db
        .selectFrom('document_service')
        .selectAll()
        .where('document_id', '=', documentId)
        .orderBy('begun_at')
        .orderBy('id')
        .execute();
    const names = await namesOf(
        db,
        rows.flatMap((row) => row.server_ids),
    );
    return {
        items: rows.map((row) => ({
            id: row.id,
            mode: row.mode,
            recipient: row.recipient,
            facts: JSON.parse(row.facts) as ServiceFacts,
            servers: row.server_ids.map((id) => ({ id, name: names.get(id) ?? '' })),
            actId: row.act_id,
            receiptId: row.receipt_id,
            begunAt: row.begun_at,
            effectAt: row.effect_at,
            state: row.state,
            servedAt: row.served_at,
            closedAt: row.closed_at,
            recorded: row.recorded,
            unrecordedReason: row.unrecorded_reason,
            note: row.note,
        })),
    };
}

export async function namesOf(db: ReadDb, ids: readonly Id[]): Promise<Map<Id, string>> {
    if (ids.length === 0) return new Map();
    const rows = await db
        .selectFrom('person')
        .select(['id', 'name'])
        .where('id', 'in', [...new Set(ids)])
        .execute();
    return new Map(rows.map((row) => [row.id, row.name]));
}
