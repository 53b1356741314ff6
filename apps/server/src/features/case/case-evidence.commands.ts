import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    DomainError,
    type DomainEvent,
    decideEvidence,
    decideOpenCase,
    type EvidenceKind,
    type Id,
    MARKING,
    TARGET_OF,
} from '@liuhen/domain';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { NonEmpty, Tx } from '../../platform/command/tx.ts';
import type { Services } from '../../platform/services.ts';
import {
    CASE_KEYS,
    documentKnown,
    insertEvidence,
    lockPart,
    personKnown,
    recordingKnown,
    withdrawEvidenceRow,
} from './case.store.ts';
import { openCase } from './case-parts.commands.ts';

type EvidenceBody = BodyOf<Endpoints['case.addEvidence']>;

export const addEvidence = (services: Services, context: CommandContext, id: Id, body: EvidenceBody): Promise<{ id: Id }> =>
    runCommand(
        services.commands,
        context,
        'case.addEvidence',
        async (tx) => {
            const { number } = await openCase(tx, id);
            decideEvidence(body, tx.now);
            const target = body.targetId === undefined ? null : await targetOf(tx, body.kind, body.targetId);
            if (target !== null && (await isListed(tx, id, body, target))) throw new DomainError('case.evidenceTwice');
            if (body.extractedById !== undefined && (await personKnown(tx, body.extractedById)) === undefined)
                throw new DomainError('person.notFound');
            const columns = {
                kind: body.kind,
                target_id: target,
                from_ms: body.kind === 'moment' ? (body.fromMs ?? null) : null,
                to_ms: body.kind === 'moment' ? (body.toMs ?? null) : null,
                title: body.title,
                proves: body.proves ?? null,
                extracted_by: body.extractedById ?? null,
                extracted_at: body.extractedAt ?? null,
                method: body.method ?? null,
                carrier: body.carrier ?? null,
                kept_at: body.keptAt ?? null,
            };
            const made = await insertEvidence(tx, { case_id: id, ...columns, withdrawn_at: null, withdrawn_why: null });
            const added: DomainEvent = {
                kind: 'case.evidenceAdded',
                objects: target === null ? [id] : [id, target],
                body: bodyOf({ number, place: made.place, ...columns }),
            };
            return { result: { id: made.id }, events: marked(added, body.kind, target, 'recording.markedEvidence', number) };
        },
        { retryOn: CASE_KEYS },
    );

/** 附件1 第18条: a recording that is evidence is kept as long as its case file; the mark is an entry of the recording's own. */
function marked(
    event: DomainEvent,
    kind: EvidenceKind,
    target: Id | null,
    mark: 'recording.markedEvidence' | 'recording.evidenceMarkEnded',
    number: string,
): NonEmpty<DomainEvent> {
    if (target === null || !MARKING.includes(kind)) return [event];
    return [event, { kind: mark, objects: [target], body: { case: number } }];
}

/** What it names, where its kind can name anything. */
async function targetOf(tx: Tx, kind: EvidenceKind, id: Id): Promise<Id | null> {
    const of = TARGET_OF[kind];
    if (of === undefined) return null;
    const known = of === 'document' ? documentKnown : recordingKnown;
    if ((await known(tx, id)) === undefined) throw new DomainError(`${of}.notFound`);
    return id;
}

async function isListed(tx: Tx, caseId: Id, body: EvidenceBody, target: Id): Promise<boolean> {
    const same = tx.read
        .selectFrom('case_evidence')
        .select('id')
        .where('case_id', '=', caseId)
        .where('kind', '=', body.kind)
        .where('target_id', '=', target)
        .where('withdrawn_at', 'is', null);
    const found =
        body.kind === 'moment' ? same.where('from_ms', '=', body.fromMs ?? 0).where('to_ms', '=', body.toMs ?? 0) : same;
    return (await found.executeTakeFirst()) !== undefined;
}

export const withdrawEvidence = (
    services: Services,
    context: CommandContext,
    id: Id,
    { reason }: { reason: string },
): Promise<Record<string, never>> =>
    runCommand(services.commands, context, 'case.withdrawEvidence', async (tx) => {
        const found = await lockPart(tx, 'case_evidence', id);
        const row = await tx.read.selectFrom('case_evidence').select('withdrawn_at').where('id', '=', id).executeTakeFirst();
        if (found === undefined || row?.withdrawn_at !== null) throw new DomainError('case.evidenceNotFound');
        decideOpenCase(found.case);
        const after = await withdrawEvidenceRow(tx, found, reason);
        const { number } = found.case;
        const withdrawn: DomainEvent = {
            kind: 'case.evidenceWithdrawn',
            objects: after.target_id === null ? [found.case_id] : [found.case_id, after.target_id],
            body: { number, place: after.place, title: after.title, reason },
        };
        return { result: {}, events: marked(withdrawn, after.kind, after.target_id, 'recording.evidenceMarkEnded', number) };
    });
