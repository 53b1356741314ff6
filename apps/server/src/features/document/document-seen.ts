import type { Id, Subject } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessDocumentSeen } from './document-visibility.queries.ts';

/** Reads something of one document, for somebody who may see it. */
export const readerOf =
    (services: Services) =>
    <T>(
        { organisationId: orgId, personId }: Pick<Subject, 'organisationId' | 'personId'>,
        id: Id,
        work: (db: ReadDb, orgId: Id) => Promise<T>,
    ): Promise<T> =>
        services.db.read({ readOrgs: [orgId] }, async (db) => {
            await refuseUnlessDocumentSeen(db, orgId, id, personId);
            return work(db, orgId);
        });

/** The same for several questions about one document. */
export const readDocument =
    (services: Services, subject: Pick<Subject, 'organisationId' | 'personId'>, id: Id) =>
    <T>(work: (db: ReadDb, orgId: Id) => Promise<T>): Promise<T> =>
        readerOf(services)(subject, id, work);
