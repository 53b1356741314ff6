import type { EndpointId } from '@liuhen/contract';
import type { Handlers } from '../../platform/http/bind.ts';
import { noSealService, type SealService } from '../../platform/seal-service.ts';
import type { Services } from '../../platform/services.ts';
import { importDocument, importMany } from './document-import.commands.ts';
import { documentTableOf, readRows } from './document-import.queries.ts';
import { correctDocument, placeOriginal, printDocument } from './document-paper.commands.ts';
import { paperOfDocument } from './document-paper.queries.ts';
import { readScanAgain, settleScanByHand } from './document-scan-review.commands.ts';
import { sealBlock, useSeal } from './document-seal.commands.ts';
import { sealRegister } from './document-seal.queries.ts';
import { readerOf } from './document-seen.ts';
import { closeService, startService } from './document-service.commands.ts';
import { listServices } from './document-service.queries.ts';
import { recordSignature, signOnScreen } from './document-signature.commands.ts';
import { makeSignedCopy } from './document-signed-copy.commands.ts';

type PaperEndpoint = Extract<
    EndpointId,
    | `document.${'paper' | 'print' | 'signedCopy' | 'recordSignature' | 'signOnScreen' | 'correct' | 'placeOriginal'}`
    | `document.${'useSeal' | 'sealBlock' | 'sealRegister' | 'services' | 'startService' | 'closeService'}`
    | `document.${'settleScan' | 'readScan'}`
    | `document.${'import' | 'importPreview' | 'importMany'}`
>;

/** Paper, signatures, seals, service and what comes from elsewhere. */
export const documentPaperHandlers = (services: Services, seals: SealService = noSealService): Pick<Handlers, PaperEndpoint> => {
    const seen = readerOf(services);
    return {
        'document.paper': ({ session, params }) =>
            seen(session.subject, params.id, (db, orgId) => paperOfDocument(db, orgId, params.id, services.clock.now())),
        'document.print': async ({ command, params, body }) => printDocument(services, command, params.id, body),
        'document.recordSignature': async ({ command, params, body }) => recordSignature(services, command, params.id, body),
        'document.signOnScreen': async ({ command, params, body }) => signOnScreen(services, command, params.id, body),
        'document.signedCopy': async ({ command, params: { id, printId } }) => makeSignedCopy(services, command, id, printId),
        'document.correct': async ({ command, params, body }) => correctDocument(services, command, params.id, body),
        'document.settleScan': async ({ command, params, body }) => settleScanByHand(services, command, params, body),
        'document.readScan': async ({ command, params }) => readScanAgain(services, command, params),
        'document.placeOriginal': async ({ command, params, body }) => placeOriginal(services, command, params.id, body),
        'document.useSeal': async ({ command, params, body }) => useSeal(services, seals, command, params.id, body),
        'document.sealBlock': async ({ command, params, body }) => sealBlock(services, command, params.id, body),
        'document.sealRegister': async ({ session, query }) => {
            const orgId = session.subject.organisationId;
            return services.db.read({ readOrgs: [orgId] }, (db) => sealRegister(db, orgId, query));
        },
        'document.services': ({ session, params }) =>
            seen(session.subject, params.id, (db, orgId) => listServices(db, orgId, params.id)),
        'document.startService': async ({ command, params, body }) => startService(services, command, params.id, body),
        'document.closeService': async ({ command, params, body }) => closeService(services, command, params.id, body),
        'document.import': async ({ command, body }) => importDocument(services, command, body),
        'document.importPreview': async ({ session, body }) => {
            const { organisationId: orgId, personId } = session.subject;
            const { rows, others } = await documentTableOf(body.content);
            const reader = { orgId, personId, now: services.clock.now() };
            const read = await services.db.read({ readOrgs: [orgId] }, (db) => readRows(db, reader, rows, body.from));
            return { rows: read.map(({ read: _, ...row }) => row), others: [...others] };
        },
        'document.importMany': async ({ command, body }) => importMany(services, command, body),
    };
};
