import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    canonicalJson,
    type DocumentContent,
    DomainError,
    type DomainEvent,
    decideOnScreen,
    decideRecipient,
    decideSigning,
    type Id,
    type NewSignature,
    pageDigest,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { nodeDigest } from '../../platform/digest.ts';
import type { Services } from '../../platform/services.ts';
import { type DocumentRow, factsOf, lockDocument, personKnown, updateDocument } from './document.store.ts';
import { isCoercive, onScreenFacts } from './document-flow.queries.ts';
import { insertSignature, lockCorrection, printOf, signCorrection } from './document-paper.store.ts';

type Wet = BodyOf<Endpoints['document.recordSignature']>;
type OnScreen = BodyOf<Endpoints['document.signOnScreen']>;
type Print = NonNullable<Awaited<ReturnType<typeof printOf>>>;

export const recordSignature = (services: Services, context: CommandContext, id: Id, body: Wet): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'document.recordSignature', async (tx) => {
        const { row, print } = await signedPrint(tx, id, body);
        const correction = body.correctionId === undefined ? undefined : await lockCorrection(tx, id, body.correctionId);
        if (body.correctionId !== undefined && correction === undefined) throw new DomainError('document.correctionNotFound');
        const at = body.at ?? tx.now;
        const facts = { ...body, at, means: 'wet' as const, reason: body.reason ?? null, witness: body.witness ?? null };
        await decide(tx, row, print, facts, correction !== undefined);
        if (correction?.needs_signature === true && correction.signed_at === null) await signCorrection(tx, correction);
        return saveSignature(tx, row, {
            signer: body.signer,
            name: body.name,
            person_id: body.personId ?? null,
            print_id: body.printId,
            correction_id: body.correctionId ?? null,
            outcome: body.outcome,
            means: 'wet',
            pages: body.pages,
            at,
            reason: body.outcome === 'signed' ? null : facts.reason,
            witness: facts.witness,
            ...readingOf(body),
            strokes: null,
        });
    });

export const signOnScreen = (services: Services, context: CommandContext, id: Id, body: OnScreen): Promise<{ id: Id }> =>
    runCommand(services.commands, context, 'document.signOnScreen', async (tx) => {
        const { row, print } = await signedPrint(tx, id, body);
        const pages = body.strokes.map((each) => each.page);
        const at = body.at ?? tx.now;
        const facts = { ...body, at, pages, outcome: 'signed' as const, means: 'onScreen' as const, reason: null, witness: null };
        await decide(tx, row, print, facts, false);
        decideOnScreen(await onScreenFacts(tx.read, row, tx.now));
        const strokes = body.strokes.map(({ page, path }) => ({
            page,
            path,
            pageDigest: pageDigest(nodeDigest, print.id, print.digest, page),
        }));
        return saveSignature(tx, row, {
            signer: body.signer,
            name: body.name,
            person_id: body.personId ?? null,
            print_id: body.printId,
            correction_id: null,
            outcome: 'signed',
            means: 'onScreen',
            pages,
            at,
            reason: null,
            witness: null,
            ...readingOf(body),
            strokes: canonicalJson(strokes),
        });
    });

const readingOf = ({ reading, statement }: Pick<Wet, 'reading' | 'statement'>) => ({
    reading: reading ?? null,
    statement: statement ?? null,
});

async function signedPrint(tx: Tx, id: Id, body: Pick<Wet, 'printId' | 'personId'>): Promise<{ row: DocumentRow; print: Print }> {
    const row = await lockDocument(tx, id);
    if (row === undefined) throw new DomainError('document.notFound');
    const print = await printOf(tx, id, body.printId);
    if (print === undefined) throw new DomainError('document.printNotFound');
    if (body.personId !== undefined && !(await personKnown(tx, body.personId))) throw new DomainError('person.notFound');
    return { row, print };
}

async function decide(
    tx: Tx,
    row: DocumentRow,
    print: Print,
    facts: Omit<NewSignature, 'print'>,
    isCorrection: boolean,
): Promise<void> {
    const { kind, printed_at: printedAt, pages } = print;
    // A correction is signed on the paper that was corrected.
    const revision = isCorrection ? row.revision : print.revision;
    const coercive = await isCoercive(tx.read, row);
    // What stands in it now is what is signed; its content is checked when it is saved.
    const content = JSON.parse(row.content) as DocumentContent;
    decideRecipient({ type: row.type, content, servedMode: row.served_mode }, facts);
    decideSigning(factsOf(row), { ...facts, print: { kind, printedAt, pages, revision } }, coercive, tx.now);
}

type Values = Omit<Parameters<typeof insertSignature>[1], 'id' | 'document_id' | 'revision' | 'recorded_by' | 'recorded_at'>;

/** The first one fixes the content: from then on it changes by correction only. */
async function saveSignature(tx: Tx, row: DocumentRow, values: Values) {
    const signature = await insertSignature(tx, {
        ...values,
        id: tx.newId(),
        document_id: row.id,
        revision: row.revision,
        recorded_by: tx.actor,
        recorded_at: tx.now,
    });
    if (row.first_signed_at === null && signature.outcome === 'signed')
        await updateDocument(tx, row, { first_signed_at: signature.at });
    const event: DomainEvent = {
        kind: 'document.signatureRecorded',
        objects: [row.id, ...(signature.person_id === null ? [] : [signature.person_id])],
        body: bodyOf({
            signature: signature.id,
            print: signature.print_id,
            correction: signature.correction_id,
            signer: signature.signer,
            name: signature.name,
            outcome: signature.outcome,
            means: signature.means,
            pages: signature.pages,
            at: signature.at,
            reason: signature.reason,
            witness: signature.witness,
            reading: signature.reading ?? undefined,
            statement: signature.statement ?? undefined,
        }),
    };
    return { result: { id: signature.id }, events: [event] as const };
}
