import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { DomainError, type FieldValue, type Id, type Instant, judgeScan, standingOf, toHex } from '@liuhen/domain';
import type { ReadDb } from '../../platform/db/database.ts';
import { onScreenRefusal, signatureStandingOf } from './document-flow.queries.ts';
import { readingOf } from './document-scan.queries.ts';
import { namesOf } from './document-service.queries.ts';
import { signedCopiesOf } from './document-signed-copy.queries.ts';

type Paper = ResponseOf<Endpoints['document.paper']>;

/** Everything about the paper of one document, for its page. */
export async function paperOfDocument(db: ReadDb, orgId: Id, id: Id, now: Instant): Promise<Paper> {
    const row = await db.selectFrom('document').selectAll().where('id', '=', id).where('org_id', '=', orgId).executeTakeFirst();
    if (row === undefined) throw new DomainError('document.notFound');
    const [prints, signatures, corrections, scans, seals] = [
        await db
            .selectFrom('document_print')
            .selectAll()
            .where('document_id', '=', id)
            .orderBy('printed_at')
            .orderBy('id')
            .execute(),
        await db.selectFrom('document_signature').selectAll().where('document_id', '=', id).orderBy('at').orderBy('id').execute(),
        await db.selectFrom('document_correction').selectAll().where('document_id', '=', id).orderBy('revision').execute(),
        await scansOf(db, id),
        await db.selectFrom('seal_use').selectAll().where('document_id', '=', id).orderBy('used_at').orderBy('id').execute(),
    ];
    const copies = await signedCopiesOf(db, id);
    const names = await namesOf(db, [
        ...copies.map((each) => each.made_by),
        ...prints.map((each) => each.printed_by),
        ...signatures.map((each) => each.recorded_by),
        ...corrections.map((each) => each.corrected_by),
        ...scans.flatMap((each) => [each.added_by, ...saidIn(each.reading)]),
        ...seals.map((each) => each.used_by),
    ]);
    const person = (of: Id) => ({ id: of, name: names.get(of) ?? '' });
    const refusal = await onScreenRefusal(db, row, now);
    return {
        prints: prints.map((each) => ({
            id: each.id,
            revision: each.revision,
            kind: each.kind,
            digest: toHex(each.digest),
            pages: each.pages,
            pdfSha256: each.pdf_sha256 === null ? null : toHex(each.pdf_sha256),
            kept: each.blob_id !== null,
            printedBy: person(each.printed_by),
            printedAt: each.printed_at,
        })),
        signedCopies: copies.map((each) => ({
            id: each.id,
            printId: each.print_id,
            pages: each.pages,
            signatures: each.signature_ids.length,
            current: each.current,
            sha256: toHex(each.sha256),
            madeBy: person(each.made_by),
            madeAt: each.made_at,
        })),
        signatures: signatures.map((each) => ({
            id: each.id,
            printId: each.print_id,
            correctionId: each.correction_id,
            revision: each.revision,
            signer: each.signer,
            name: each.name,
            outcome: each.outcome,
            means: each.means,
            pages: each.pages,
            at: each.at,
            reason: each.reason,
            witness: each.witness,
            reading: each.reading,
            statement: each.statement,
            strokes: each.strokes === null ? null : (JSON.parse(each.strokes) as Strokes),
            recordedBy: person(each.recorded_by),
            recordedAt: each.recorded_at,
            supersededAt: each.superseded_at,
        })),
        corrections: corrections.map((each) => ({
            id: each.id,
            revision: each.revision,
            field: each.field,
            oldValue: storedValue(each.old_value),
            newValue: storedValue(each.new_value),
            reason: each.reason,
            by: person(each.corrected_by),
            at: each.at,
            needsSignature: each.needs_signature,
            signedAt: each.signed_at,
        })),
        scans: scans.map((each) => ({
            id: each.id,
            role: each.role,
            printId: each.print_id,
            finding: each.finding,
            standing: standingOf(each.finding),
            readAt: each.read_at,
            reading: shownReading(each.reading, person),
            name: each.display_name,
            mediaType: each.media_type,
            sha256: toHex(each.sha256),
            size: String(each.size),
            addedBy: person(each.added_by),
            addedAt: each.added_at,
        })),
        seals: seals.map((each) => ({ ...sealOf(each), usedBy: person(each.used_by) })),
        missingSignatures: (await signatureStandingOf(db, row)).missing,
        onScreen: { allowed: refusal === null, because: refusal },
    };
}

type Strokes = { page: number; path: string; pageDigest: string }[];

const storedValue = (text: string): FieldValue | null => (text === '' ? null : (JSON.parse(text) as FieldValue));

type SealRow = {
    id: Id;
    means: 'ink' | 'certified';
    copies: number;
    purpose: string;
    used_at: Instant;
    scan_id: Id | null;
};
export const sealOf = ({ id, means, copies, purpose, used_at: usedAt, scan_id: scanId }: SealRow) => ({
    id,
    means,
    copies,
    purpose,
    usedAt,
    scanId,
});

const scansOf = (db: ReadDb, documentId: Id) =>
    db
        .selectFrom('document_scan as s')
        .innerJoin('blob as b', 'b.id', 's.blob_id')
        .select(['s.id', 's.role', 's.print_id', 's.finding', 's.display_name', 's.media_type', 's.added_by', 's.added_at'])
        .select(['s.reading', 's.read_at', 'b.sha256', 'b.size'])
        .where('s.document_id', '=', documentId)
        .orderBy('s.added_at')
        .orderBy('s.id')
        .execute();

/** Who settled something about a scan. */
function saidIn(stored: string | null): Id[] {
    const reading = readingOf(stored);
    if (reading === null) return [];
    return [...reading.sheets.map(({ settled }) => settled), reading.order].flatMap((said) => (said === null ? [] : [said.by]));
}

function shownReading(stored: string | null, person: (id: Id) => { id: Id; name: string }) {
    const reading = readingOf(stored);
    if (reading === null) return null;
    const { missing, twice, disordered } = judgeScan(reading);
    const named = <S extends { by: Id }>(said: S | null) => (said === null ? null : { ...said, by: person(said.by) });
    return {
        sheets: reading.sheets.map((each) => ({ ...each, settled: named(each.settled) })),
        pages: reading.pages,
        order: named(reading.order),
        missing: [...missing],
        twice: [...twice],
        disordered,
    };
}
