import type { Endpoints, ResponseOf } from '@liuhen/contract';
import type { Id, ServerTime } from '@liuhen/domain';
import { sql } from 'kysely';
import type { ReadDb } from '../../platform/db/database.ts';
import { type FindingReader, findingsByIds } from './finding.queries.ts';
import { HOLDERS } from './statistics-asked.ts';

export type Part = ResponseOf<Endpoints['statistics.counted']>['items'][number];

export const NO_PART = {
    person: null,
    act: null,
    judged: null,
    gap: null,
    late: null,
    finding: null,
    device: null,
    document: null,
} as const;

export const refOf = (id: Id | null, name: string | null, certificateNumber: string | null): Part['person'] =>
    id === null || name === null ? null : { id, name, certificateNumber };

export const nameOf = ({ organisations }: FindingReader, id: Id): string =>
    organisations.find((each) => each.id === id)?.name ?? '';

const inOrder = (ids: readonly Id[], parts: readonly Part[]): Part[] => {
    const byId = new Map(parts.map((part) => [part.id, part]));
    return ids.flatMap((id) => byId.get(id) ?? []);
};

/** Open findings with their acts. */
export async function findingParts(db: ReadDb, reader: FindingReader, ids: readonly Id[], clock: ServerTime): Promise<Part[]> {
    if (ids.length === 0) return [];
    const leads = await db
        .selectFrom('open_finding as o')
        .leftJoin('person as p', 'p.id', 'o.person_id')
        .select(['o.finding_id', 'p.id', 'p.name', 'p.certificate_number'])
        .where('o.finding_id', '=', (of) => of.fn.any(of.val([...ids])))
        .execute();
    const lead = new Map(leads.map((row) => [row.finding_id, refOf(row.id, row.name, row.certificate_number)]));
    return (await findingsByIds(db, reader, ids, clock)).map((finding) => ({
        ...NO_PART,
        ...{ id: finding.id, organisation: finding.organisation, own: finding.own, at: finding.foundAt },
        person: lead.get(finding.id) ?? null,
        act: finding.act,
        finding,
    }));
}

type Step = { id: Id; orgId: Id; at: number; personId: Id | null; personName: string | null; personNumber: string | null };

const stepOf = (reader: FindingReader, row: Step) => ({
    ...{ id: row.id, at: row.at, organisation: { id: row.orgId, name: nameOf(reader, row.orgId) } },
    own: row.orgId === reader.subject.organisationId,
    person: refOf(row.personId, row.personName, row.personNumber),
});
const STEP = sql`s.id, s.org_id as "orgId", p.id as "personId", p.name as "personName", p.certificate_number as "personNumber"`;

/** Reported faults with the recorder and whoever held it. */
export async function faultParts(db: ReadDb, reader: FindingReader, ids: readonly Id[]): Promise<Part[]> {
    if (ids.length === 0) return [];
    type Row = Step & { deviceId: Id; number: string; model: string | null };
    const found = sql<Row>`(select ${STEP}, s.taken_at as at, v.id as "deviceId", v.number, v.model
        from device_step s ${HOLDERS} join device v on v.id = s.device_id left join person p on p.id = h.person_id
        where s.id = any (${sql.val([...ids])}::uuid[]))`.as('found');
    const rows = await db.selectFrom(found).selectAll().execute();
    const parts = rows.map((row): Part => {
        const { deviceId: id, number, model } = row;
        return { ...NO_PART, ...stepOf(reader, row), device: { id, number, model } };
    });
    return inOrder(ids, parts);
}

/** Documents that were sent back or found at fault, with their authors. */
export async function documentParts(db: ReadDb, reader: FindingReader, ids: readonly Id[]): Promise<Part[]> {
    if (ids.length === 0) return [];
    type Sent = NonNullable<Part['document']>;
    type Row = Step & Omit<Sent, 'id'> & { documentId: Id };
    const found = sql<Row>`(select ${STEP}, s.at, s.step, d.id as "documentId", d.type, d.title, d.number
        from document_step s join document d on d.id = s.document_id left join person p on p.id = d.author_id
        where s.id = any (${sql.val([...ids])}::uuid[]))`.as('found');
    const rows = await db.selectFrom(found).selectAll().execute();
    const parts = rows.map((row): Part => {
        const { documentId: id, type, title, number, step } = row;
        return { ...NO_PART, ...stepOf(reader, row), document: { id, type, title, number, step } };
    });
    return inOrder(ids, parts);
}
