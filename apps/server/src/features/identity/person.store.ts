import { DomainError, type Id, type PersonKind, type PersonState, type Post } from '@liuhen/domain';
import type { Selectable } from 'kysely';
import { insertRow, updateRow } from '../../platform/command/row-writer.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { searchTextOf } from '../../platform/search-text.ts';
import type { Person } from '../../schema/db.generated.ts';

export type PersonRow = Selectable<Person>;
export type PersonFields = {
    readonly name: string;
    readonly kind: PersonKind;
    readonly certificateNumber: string | null;
    readonly departmentId: Id | null;
    readonly posts: readonly Post[];
};

/** Locks the person until the command ends: whoever issues a device to, or grants a role to, somebody does the same. */
export async function loadPerson(tx: Tx, id: Id): Promise<PersonRow> {
    const person = await tx.db
        .selectFrom('person')
        .selectAll()
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .forUpdate()
        .executeTakeFirst();
    if (person === undefined) throw new DomainError('person.notFound');
    return person;
}

export const stateOf = (row: PersonRow): PersonState => ({
    id: row.id,
    kind: row.kind,
    certificateNumber: row.certificate_number,
    leftAt: row.left_at,
});

/** Two at once with one certificate number: run the command again, its look then finds the other and can say whose it is. */
export const RETRY_ON = ['person_certificate'] as const;

export const insertPerson = (tx: Tx, fields: PersonFields): Promise<PersonRow> =>
    insertRow(tx, 'person', { id: tx.newId(), ...columns(fields) });

/** `version` is the one the caller has read; `conflict.changedMeanwhile`. */
export const updatePerson = (tx: Tx, id: Id, version: number, fields: PersonFields): Promise<PersonRow> =>
    updateRow(tx, 'person', { id, version }, columns(fields));

export const markLeft = (tx: Tx, person: PersonRow): Promise<PersonRow> =>
    updateRow(tx, 'person', person, { left_at: tx.now, posts: [] });

const columns = (fields: PersonFields) => ({
    name: fields.name,
    kind: fields.kind,
    certificate_number: fields.certificateNumber,
    department_id: fields.departmentId,
    posts: [...new Set(fields.posts)],
    search_text: searchTextOf([fields.name], [fields.certificateNumber]),
});

/** `person.certificateTaken {number, name}`: also by somebody who has left, a number names one person for ever. */
export async function checkCertificateFree(tx: Tx, number: string | null, except?: Id): Promise<void> {
    if (number === null) return;
    const holder = await tx.db
        .selectFrom('person')
        .select(['id', 'name'])
        .where('org_id', '=', tx.orgId)
        .where('certificate_number', '=', number)
        .executeTakeFirst();
    if (holder !== undefined && holder.id !== except)
        throw new DomainError('person.certificateTaken', { number, name: holder.name });
}

/** `department.notFound` */
export async function checkDepartment(tx: Tx, id: Id | null): Promise<void> {
    if (id === null) return;
    const found = await tx.db
        .selectFrom('department')
        .select('id')
        .where('id', '=', id)
        .where('org_id', '=', tx.orgId)
        .executeTakeFirst();
    if (found === undefined) throw new DomainError('department.notFound');
}

/** Numbers of the devices issued to the person and not returned. */
export async function heldDevices(tx: Tx, personId: Id): Promise<string[]> {
    const rows = await tx.db
        .selectFrom('device_issue')
        .innerJoin('device', 'device.id', 'device_issue.device_id')
        .select('device.number')
        .where('device_issue.person_id', '=', personId)
        .where('device_issue.returned_at', 'is', null)
        .orderBy('device.number')
        .execute();
    return rows.map((row) => row.number);
}
