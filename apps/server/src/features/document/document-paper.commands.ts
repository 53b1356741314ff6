import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import {
    bodyOf,
    canonicalJson,
    type DocumentContent,
    DomainError,
    decideContentLength,
    decideCorrection,
    decidePrint,
    decideStatedTimes,
    type FieldValue,
    type Id,
    type PrintCorrection,
    printDigest,
    toHex,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { nodeDigest } from '../../platform/digest.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnconfirmed } from '../template/template.queries.ts';
import { contentDigestOf, statedTimes } from './document.commands.ts';
import { type DocumentRow, factsOf, keepVersion, lockDocument, savedNow, updateDocument } from './document.store.ts';
import { contentFaults } from './document-findings.ts';
import { partySigned } from './document-flow.queries.ts';
import { insertCorrection, insertPrint } from './document-paper.store.ts';
import { correctionsUpTo } from './document-print.queries.ts';
import { type SaidBeside, saidBeside } from './document-said.queries.ts';
import { takeStep } from './document-step.ts';

const digestOf = (row: DocumentRow, corrections: readonly PrintCorrection[], { opinions, parent }: SaidBeside): Uint8Array =>
    printDigest(nodeDigest, {
        document: row.id,
        type: row.type,
        templateVersion: row.template_version,
        revision: row.revision,
        title: row.title,
        number: row.number,
        content: JSON.parse(row.content) as DocumentContent,
        startedAt: row.started_at,
        endedAt: row.ended_at,
        corrections:
            corrections.length === 0
                ? null
                : corrections.map(({ before, after, ...each }) => ({
                      ...each,
                      before: canonicalJson(before),
                      after: canonicalJson(after),
                  })),
        opinions: opinions.length === 0 ? null : opinions.map((each) => ({ ...each, opinion: each.opinion ?? '' })),
        parent: parent === null ? null : { title: parent.title, number: parent.number ?? '' },
    });

export const printDocument = (
    services: Services,
    context: CommandContext,
    id: Id,
    { kind, version }: BodyOf<Endpoints['document.print']>,
): Promise<ResponseOf<Endpoints['document.print']>> =>
    runCommand(services.commands, context, 'document.print', async (tx) => {
        const row = await lockDocument(tx, id);
        if (row === undefined) throw new DomainError('document.notFound');
        if (row.version !== version) throw new DomainError('conflict.changedMeanwhile');
        decidePrint(factsOf(row), kind, kind === 'final' ? await contentFaults(tx.read, row) : 0);
        if (kind === 'final') await refuseUnconfirmed(tx.read, tx.orgId, row.type, row.template_version);
        const digest = digestOf(row, await correctionsUpTo(tx.read, row), await saidBeside(tx.read, row, tx.now));
        await keepVersion(tx, row);
        const { revision } = row;
        const print = { id: tx.newId(), document_id: id, revision, kind, digest, printed_by: tx.actor, printed_at: tx.now };
        await insertPrint(tx, print);
        const sha256 = toHex(digest);
        return {
            result: { id: print.id, digest: sha256, revision, kind },
            events: [{ kind: 'document.printed', objects: [id], body: { print: print.id, kind, revision, sha256 } }],
        };
    });

export const correctDocument = (
    services: Services,
    context: CommandContext,
    id: Id,
    { field, value, reason, version }: BodyOf<Endpoints['document.correct']>,
): Promise<ResponseOf<Endpoints['document.correct']>> =>
    takeStep(services, context, 'document.correct', { id, version }, async (tx, row) => {
        const before = JSON.parse(row.content) as DocumentContent;
        const after: DocumentContent = { ...before, [field]: value };
        const content = canonicalJson(after);
        decideContentLength(content);
        const [oldValue, newValue] = [textOf(before[field]), textOf(value)];
        const signed = await partySigned(tx.read, id);
        const decided = decideCorrection(factsOf(row), { before: oldValue, after: newValue, partySigned: signed });
        const times = statedTimes({ content: after }, { startedAt: row.started_at, endedAt: row.ended_at });
        decideStatedTimes({ ...times, madeAt: row.made_at }, tx.now);
        // What was signed is kept as well as what it became.
        await keepVersion(tx, row);
        const corrected = {
            ...savedNow(tx, row, content),
            started_at: times.startedAt,
            ended_at: times.endedAt,
            check_fault: null,
        };
        await keepVersion(tx, { ...row, ...corrected });
        const correction = await insertCorrection(tx, {
            id: tx.newId(),
            document_id: id,
            revision: corrected.revision,
            field,
            old_value: oldValue,
            new_value: newValue,
            reason,
            corrected_by: tx.actor,
            at: tx.now,
            needs_signature: decided.needsSignature,
        });
        return {
            step: 'corrected',
            patch: corrected,
            note: reason,
            kind: 'document.corrected',
            body: { field, from: oldValue, to: newValue, reason, sha256: contentDigestOf(content), ...decided },
            answer: { id: correction.id, revision: corrected.revision, needsSignature: decided.needsSignature },
        };
    });

const textOf = (value: FieldValue | undefined): string => (value === undefined ? '' : canonicalJson(value));

export const placeOriginal = (
    services: Services,
    context: CommandContext,
    id: Id,
    { place }: BodyOf<Endpoints['document.placeOriginal']>,
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'document.placeOriginal', async (tx) => {
        const row = await liveDocument(tx, id);
        await updateDocument(tx, row, { original_place: place });
        const body = bodyOf({ place, from: row.original_place });
        return { result: {}, events: [{ kind: 'document.originalPlaced', objects: [id], body }] };
    });

async function liveDocument(tx: Tx, id: Id): Promise<DocumentRow> {
    const row = await lockDocument(tx, id);
    if (row === undefined) throw new DomainError('document.notFound');
    if (row.state === 'voided') throw new DomainError('document.isDone');
    return row;
}
