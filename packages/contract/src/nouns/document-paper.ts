import {
    MOST_STROKES,
    PRINT_KINDS,
    SCAN_FINDINGS,
    SCAN_ROLES,
    SCAN_STANDINGS,
    SEAL_MEANS,
    SHEET_FINDINGS,
    SIGNATURE_MEANS,
    SIGNATURE_OUTCOMES,
    SIGNATURE_READINGS,
    SIGNERS,
    STROKES,
} from '@liuhen/domain';
import { z } from 'zod';
import { endpoint } from '../endpoint.ts';
import { createdId, empty, hex32, id, idParams, instant, line, optionalLine, page, pageQuery, text } from '../shapes.ts';
import { documentType, fieldValue } from './document-shapes.ts';

const scanParams = z.object({ id, scanId: id });
const version = z.number().int();
const pageNumber = z.number().int().min(1).max(500);
const plainRef = z.object({ id, name: z.string() });

const print = z.object({
    id,
    revision: z.number().int(),
    kind: z.enum(PRINT_KINDS),
    digest: hex32,
    pages: z.number().int().nullable(),
    pdfSha256: hex32.nullable(),
    /** Its bytes are kept; of earlier prints only the digest is, until their pages are set again and come out the same. */
    kept: z.boolean(),
    printedBy: plainRef,
    printedAt: instant,
});
const signedCopy = z.object({
    id,
    /** The version that was signed. */
    printId: id,
    /** With the sheet behind them. */
    pages: z.number().int(),
    signatures: z.number().int(),
    /** Whether nobody has signed, refused or been noted since. */
    current: z.boolean(),
    sha256: hex32,
    madeBy: plainRef,
    madeAt: instant,
});
const signature = z.object({
    id,
    printId: id.nullable(),
    correctionId: id.nullable(),
    revision: z.number().int(),
    signer: z.enum(SIGNERS),
    name: z.string(),
    outcome: z.enum(SIGNATURE_OUTCOMES),
    means: z.enum(SIGNATURE_MEANS),
    pages: z.array(pageNumber),
    at: instant,
    reason: z.string().nullable(),
    witness: z.string().nullable(),
    reading: z.enum(SIGNATURE_READINGS).nullable(),
    statement: z.string().nullable(),
    /** Handwriting by page, with the digest each is bound to. */
    strokes: z.array(z.object({ page: pageNumber, path: z.string(), pageDigest: hex32 })).nullable(),
    recordedBy: plainRef,
    recordedAt: instant,
    supersededAt: instant.nullable(),
});
const correction = z.object({
    id,
    revision: z.number().int(),
    field: z.string(),
    oldValue: fieldValue.nullable(),
    newValue: fieldValue.nullable(),
    reason: z.string(),
    by: plainRef,
    at: instant,
    needsSignature: z.boolean(),
    signedAt: instant.nullable(),
});
const said = { by: plainRef, at: instant, reason: z.string() };
const scanReading = z.object({
    sheets: z.array(
        z.object({
            sheet: z.number().int(),
            finding: z.enum(SHEET_FINDINGS),
            printId: id.nullable(),
            page: z.number().int().nullable(),
            settled: z.object({ as: z.enum(['page', 'notPart']), page: z.number().int().nullable(), ...said }).nullable(),
        }),
    ),
    /** Pages of the printed version. */
    pages: z.number().int().nullable(),
    order: z.object(said).nullable(),
    missing: z.array(z.number().int()),
    twice: z.array(z.number().int()),
    disordered: z.boolean(),
});
const scan = z.object({
    id,
    role: z.enum(SCAN_ROLES),
    printId: id.nullable(),
    finding: z.enum(SCAN_FINDINGS),
    /** What the finding comes to: bound to the printed version, or for a person to look at. */
    standing: z.enum(SCAN_STANDINGS),
    readAt: instant.nullable(),
    /** What was read sheet by sheet; null until it was. */
    reading: scanReading.nullable(),
    name: z.string(),
    mediaType: z.string(),
    sha256: hex32,
    size: z.string(),
    addedBy: plainRef,
    addedAt: instant,
});
const sealUse = z.object({
    id,
    means: z.enum(SEAL_MEANS),
    copies: z.number().int(),
    purpose: z.string(),
    usedBy: plainRef,
    usedAt: instant,
    scanId: id.nullable(),
});

const signer = {
    printId: id,
    signer: z.enum(SIGNERS),
    name: line(100),
    personId: id.optional(),
    /** Left out where it happens at this moment, on the screen. */
    at: instant.optional(),
    /** How the party came to know what it signs, and what it wrote beneath; of records only. */
    reading: z.enum(SIGNATURE_READINGS).optional(),
    statement: optionalLine(100),
};
const SIGNATURE_ERRORS = [
    'document.recipientRefused',
    'document.notFound',
    'act.restricted',
    'document.printNotFound',
    'document.correctionNotFound',
    'person.notFound',
    'document.cannotBeSigned',
    'document.intervalMissing',
    'document.printIsDraft',
    'document.printOutdated',
    'document.signedBeforePrint',
    'document.inFuture',
    'document.noSuchPage',
] as const;

export const documentPaperEndpoints = {
    'document.paper': endpoint({
        method: 'GET',
        path: '/api/documents/:id/paper',
        summary: 'Prints, signatures, corrections, scans and seals of a document',
        params: idParams,
        response: z.object({
            prints: z.array(print),
            signedCopies: z.array(signedCopy),
            signatures: z.array(signature),
            corrections: z.array(correction),
            scans: z.array(scan),
            seals: z.array(sealUse),
            /** Signers of its form for whom neither a signature nor a reasoned refusal is there. */
            missingSignatures: z.number().int(),
            onScreen: z.object({ allowed: z.boolean(), because: z.string().nullable() }),
        }),
        errors: ['document.notFound', 'act.restricted'],
        permission: 'document.list',
        kind: 'query',
    }),
    'document.print': endpoint({
        method: 'POST',
        path: '/api/documents/:id/prints',
        summary: 'Notes a print: its id and digest stand on every page',
        params: idParams,
        body: z.object({ kind: z.enum(PRINT_KINDS), version }),
        response: createdId.extend({ digest: hex32, revision: z.number().int(), kind: z.enum(PRINT_KINDS) }),
        errors: [
            'document.notFound',
            'conflict.changedMeanwhile',
            'document.isDone',
            'document.incomplete',
            'document.notApproved',
            'document.numberFirst',
            'template.notConfirmed',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.recordSignature': endpoint({
        method: 'POST',
        path: '/api/documents/:id/signatures',
        summary: 'Records a wet signature by page, a refusal with its reason, or an absence with its witness',
        params: idParams,
        body: z.object({
            ...signer,
            /** The correction that is signed, when it is one. */
            correctionId: id.optional(),
            outcome: z.enum(SIGNATURE_OUTCOMES),
            pages: z.array(pageNumber).min(1).max(500),
            reason: text(1_000).optional(),
            witness: optionalLine(200),
        }),
        response: createdId,
        errors: [...SIGNATURE_ERRORS, 'document.refusalReasonMissing', 'document.witnessMissing'],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.signOnScreen': endpoint({
        method: 'POST',
        path: '/api/documents/:id/on-screen-signatures',
        summary: 'Handwriting on the screen, page by page, where the organisation and the act allow it',
        params: idParams,
        body: z.object({
            ...signer,
            strokes: z
                .array(z.object({ page: pageNumber, path: z.string().min(1).max(MOST_STROKES).regex(STROKES) }))
                .min(1)
                .max(20),
        }),
        response: createdId,
        errors: [
            ...SIGNATURE_ERRORS,
            'document.onScreenOff',
            'document.onScreenOnlyChecks',
            'document.onScreenPenalty',
            'document.onScreenNotRecorded',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.signedCopy': endpoint({
        method: 'POST',
        path: '/api/documents/:id/prints/:printId/signed-copy',
        summary:
            'Makes the copy that shows what was written on the screen at the lines of the print; the same signatures give the same copy',
        params: idParams.extend({ printId: id }),
        response: createdId.extend({ pages: z.number().int(), sha256: hex32 }),
        errors: [
            'document.notFound',
            'act.restricted',
            'document.printNotFound',
            'document.printDiffers',
            'document.nothingWritten',
            'document.characterMissing',
            'document.printFailed',
            'conflict.changedMeanwhile',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.correct': endpoint({
        method: 'POST',
        path: '/api/documents/:id/corrections',
        summary: 'Corrects one field of a signed document: what stood there, what stands there now, and why',
        params: idParams,
        body: z.object({ field: z.string().regex(/^[A-Za-z][A-Za-z0-9]{0,59}$/), value: fieldValue, reason: line(300), version }),
        response: createdId.extend({ version, revision: z.number().int(), needsSignature: z.boolean() }),
        errors: [
            'document.notFound',
            'conflict.changedMeanwhile',
            'document.notAtThisStep',
            'document.correctNotNow',
            'document.nothingChanged',
            'document.contentTooLong',
            'document.endBeforeStart',
            'document.inFuture',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.settleScan': endpoint({
        method: 'POST',
        path: '/api/documents/:id/scans/:scanId/settle',
        summary: 'Says by hand which page a sheet of a scan is, that it is none, or that its order is right, with the reason',
        params: scanParams,
        body: z.discriminatedUnion('as', [
            z.object({ as: z.literal('page'), sheet: pageNumber, page: pageNumber, reason: line(300) }),
            z.object({ as: z.literal('notPart'), sheet: pageNumber, reason: line(300) }),
            z.object({ as: z.literal('order'), reason: line(300) }),
        ]),
        response: z.object({ finding: z.enum(SCAN_FINDINGS), standing: z.enum(SCAN_STANDINGS) }),
        errors: [
            'document.scanNotFound',
            'document.scanNotInReview',
            'document.scanNoSuchSheet',
            'document.scanNoSuchPage',
            'document.scanCodeIsCertain',
        ],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.readScan': endpoint({
        method: 'POST',
        path: '/api/documents/:id/scans/:scanId/read',
        summary: 'Lets the codes of a scan that could not be read be read again',
        params: scanParams,
        body: empty,
        response: empty,
        errors: ['document.scanNotFound', 'document.scanNotToRead'],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.placeOriginal': endpoint({
        method: 'POST',
        path: '/api/documents/:id/original',
        summary: 'Notes where the paper original lies',
        params: idParams,
        body: z.object({ place: line(200) }),
        response: empty,
        errors: ['document.notFound', 'document.isDone'],
        permission: 'document.write',
        kind: 'command',
    }),
    'document.useSeal': endpoint({
        method: 'POST',
        path: '/api/documents/:id/seal',
        summary: "Uses the agency's seal, with an entry in its register; never before approval",
        params: idParams,
        body: z.object({ means: z.enum(SEAL_MEANS), copies: z.number().int().min(1).max(200), purpose: line(200), version }),
        response: createdId.extend({ version }),
        errors: [
            'document.notFound',
            'conflict.changedMeanwhile',
            'document.notAtThisStep',
            'document.notApproved',
            'document.numberFirst',
            'seal.serviceNotConfigured',
        ],
        permission: 'document.seal',
        kind: 'command',
    }),
    'document.sealBlock': endpoint({
        method: 'POST',
        path: '/api/document-numbers/blocks/:id/seal',
        summary: 'Seals the numbered forms of a block beforehand, for the scene',
        params: idParams,
        body: z.object({ copies: z.number().int().min(1).max(1_000), purpose: line(200) }),
        response: createdId,
        errors: ['document.blockNotFound', 'document.blockReturned'],
        permission: 'document.seal',
        kind: 'command',
    }),
    'document.sealRegister': endpoint({
        method: 'GET',
        path: '/api/seal-uses',
        summary: 'The register of the seal, newest first',
        query: z.object({
            ...pageQuery,
            q: z.string().max(100).optional(),
            personId: id.optional(),
            /** Whether the scan of the sealed paper is there. */
            scanned: z.enum(['yes', 'no']).optional(),
            from: z.coerce.number().int().optional(),
            to: z.coerce.number().int().optional(),
        }),
        response: page(
            sealUse.extend({
                document: z
                    .object({
                        id,
                        type: documentType,
                        title: z.string(),
                        number: z.string().nullable(),
                        /** The content that was sealed, and its last final print before that. */
                        revision: z.number().int().nullable(),
                        digest: hex32.nullable(),
                    })
                    .nullable(),
                block: z.object({ id, terminal: z.string(), first: z.string(), last: z.string() }).nullable(),
                scan: z.object({ id, finding: z.enum(SCAN_FINDINGS) }).nullable(),
            }),
        ),
        errors: [],
        permission: 'document.list',
        kind: 'query',
    }),
};
