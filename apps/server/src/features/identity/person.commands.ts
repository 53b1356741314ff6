import type { BodyOf, Endpoints } from '@liuhen/contract';
import { bodyOf, checkCertificate, checkStillHere, type DomainEvent, decideLeave, type Id } from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import { findAccount, updateAccount } from './account.store.ts';
import {
    checkCertificateFree,
    checkDepartment,
    heldDevices,
    insertPerson,
    loadPerson,
    markLeft,
    type PersonFields,
    type PersonRow,
    RETRY_ON,
    stateOf,
    updatePerson,
} from './person.store.ts';
import { endOpenRole } from './role.commands.ts';
import { lockAdministrators, openRolesOf } from './role.store.ts';
import { endSessionsOf } from './session.store.ts';

type Fields = Omit<BodyOf<Endpoints['person.create']>, 'posts'> & Partial<Pick<PersonFields, 'posts'>>;

const fieldsOf = (given: Fields): PersonFields => ({
    name: given.name,
    kind: given.kind,
    certificateNumber: given.certificateNumber ?? null,
    departmentId: given.departmentId ?? null,
    posts: given.posts ?? [],
});

/** `person.certificateMissing`, `person.certificateTaken {number, name}`, `department.notFound` */
export function createPerson(services: Services, context: CommandContext, given: Fields): Promise<{ id: Id }> {
    const fields = fieldsOf(given);
    return runCommand(
        services.commands,
        context,
        'person.create',
        async (tx) => {
            checkCertificate(fields.kind, fields.certificateNumber, []);
            await checkCertificateFree(tx, fields.certificateNumber);
            await checkDepartment(tx, fields.departmentId);
            const person = await insertPerson(tx, fields);
            const event: DomainEvent = { kind: 'person.created', creates: [person.id], body: bodyOf({ ...fields }) };
            return { result: { id: person.id }, events: [event] };
        },
        { retryOn: RETRY_ON },
    );
}

/**
 * `person.notFound`, `person.hasLeft`, `person.certificateMissing`, `person.certificateTaken {number, name}`,
 * `department.notFound`, `conflict.changedMeanwhile`
 */
export function changePerson(
    services: Services,
    context: CommandContext,
    id: Id,
    given: Fields & { version: number },
): Promise<{ version: number }> {
    const fields = fieldsOf(given);
    return runCommand(
        services.commands,
        context,
        'person.update',
        async (tx) => {
            const before = await loadPerson(tx, id);
            checkStillHere(stateOf(before));
            const roles = (await openRolesOf(tx, id)).map((each) => each.role);
            checkCertificate(fields.kind, fields.certificateNumber, roles);
            await checkCertificateFree(tx, fields.certificateNumber, id);
            await checkDepartment(tx, fields.departmentId);
            const after = await updatePerson(tx, id, given.version, fields);
            const body = { name: after.name, changes: changesOf(factsOf(before), factsOf(after)) };
            return { result: { version: after.version }, events: [{ kind: 'person.updated', objects: [id], body }] };
        },
        { retryOn: RETRY_ON },
    );
}

const factsOf = (row: PersonRow) => ({
    name: row.name,
    kind: row.kind,
    certificateNumber: row.certificate_number,
    departmentId: row.department_id,
    posts: row.posts.join(' '),
});

/**
 * The person leaves: roles, account and all sessions end in the same moment.
 * `person.notFound`, `person.self`, `person.hasLeft`, `person.holdsDevices {numbers}`, `role.lastAdministrator`
 */
export function leave(services: Services, context: CommandContext, id: Id, reason: string): Promise<null> {
    return runCommand(services.commands, context, 'person.leave', async (tx) => {
        const person = await loadPerson(tx, id);
        const administrators = await lockAdministrators(tx);
        decideLeave(stateOf(person), tx.actor, await heldDevices(tx, id), administrators);
        await markLeft(tx, person);
        const left: DomainEvent = { kind: 'person.left', objects: [id], body: { name: person.name, reason } };
        const events: NonEmpty<DomainEvent> = [left, ...(await endEverythingOf(tx, id))];
        return { result: null, events };
    });
}

async function endEverythingOf(tx: Tx, personId: Id): Promise<DomainEvent[]> {
    const events: DomainEvent[] = [];
    for (const role of await openRolesOf(tx, personId)) events.push(await endOpenRole(tx, role));
    const account = await findAccount(tx, personId);
    if (account !== undefined) await updateAccount(tx, account, { ended_at: tx.now, totp_secret: null, totp_confirmed: false });
    return [...events, ...(await endSessionsOf(tx, personId, 'left'))];
}
