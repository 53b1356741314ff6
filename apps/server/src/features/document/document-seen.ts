import type { Id, Subject } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessDocumentSeen } from './document-visibility.queries.ts';

/** Reads something of one document, for somebody who may see it. */
export const readerOf =
    (services: Services) =>
    <T>({ organisationId: orgId, personId }: Subject, id: Id, work: (db: ReadDb, orgId: Id) => Promise<T>): Promise<T> =>
        services.db.read({ readOrgs: [orgId] }, async (db) => {
            await refuseUnlessDocumentSeen(db, orgId, id, personId);
            return work(db, orgId);
        });
