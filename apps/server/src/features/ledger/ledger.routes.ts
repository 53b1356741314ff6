import { DomainError } from '@liuhen/domain';
import type { SomeHandlers } from '../../platform/http/bind.ts';
import type { Services } from '../../platform/services.ts';
import { readMirrors, readWitnesses } from '../../platform/witnesses.ts';
import { listCheckpoints } from './checkpoint/checkpoint-list.queries.ts';
import { noteBodyViewing } from './ledger.commands.ts';
import { getBody, getEntry } from './ledger.queries.ts';
import { listEntries } from './ledger-list.queries.ts';
import { compareSheet } from './sheet/compare-sheet.queries.ts';
import { listSheets } from './sheet/sheet.queries.ts';

export const ledgerHandlers = (services: Services): SomeHandlers<'ledger'> => ({
    'ledger.list': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => listEntries(db, orgId, query));
    },
    'ledger.checkpoints': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        const { witnesses } = await readWitnesses(services.config);
        const known = { witnesses, mirrors: await readMirrors(services.config) };
        return services.db.read({ readOrgs: [orgId] }, (db) => listCheckpoints(db, orgId, query, known));
    },
    'ledger.sheets': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) =>
            listSheets(db, orgId, services.clock.now(), query, services.config.timeStampAuthority !== undefined),
        );
    },
    'ledger.compareSheet': async ({ session, query }) => {
        const orgId = session.subject.organisationId;
        return services.db.read({ readOrgs: [orgId] }, (db) => compareSheet(db, orgId, query));
    },
    'ledger.get': async ({ session, params }) => {
        const orgId = session.subject.organisationId;
        const index = indexOf(params.index);
        return services.db.read({ readOrgs: [orgId] }, (db) => getEntry(db, orgId, index));
    },
    'ledger.viewBody': async ({ command, params }) => {
        const index = indexOf(params.index);
        const { orgId } = await noteBodyViewing(services, command, index);
        return { body: await services.db.read({ readOrgs: [orgId] }, (db) => getBody(db, orgId, index)) };
    },
});

/** No log is that long: what cannot be a safe integer is not there. */
export function indexOf(text: string): number {
    const index = Number(text);
    if (!Number.isSafeInteger(index)) throw new DomainError('ledger.notFound');
    return index;
}
