import type { BodyOf, Endpoints } from '@liuhen/contract';
import {
    bodyOf,
    decideDocumentCheck,
    decideDocumentFiling,
    decideDocumentIssue,
    decideDocumentLegalReview,
    decideDocumentReopening,
    decideDocumentReturn,
    decideDocumentReview,
    decideDocumentSignature,
    decideDocumentSubmit,
    decideDocumentVoid,
    decideRegularising,
    decideScansForFiling,
    decideUrgentIssue,
    type Id,
} from '@liuhen/domain';
import type { CommandContext } from '../../platform/command/command.ts';
import type { Services } from '../../platform/services.ts';
import { participantsOf } from '../recording/recording.queries.ts';
import { refuseUnconfirmed } from '../template/template.queries.ts';
import { contentDigestOf } from './document.commands.ts';
import { type DocumentRow, factsOf, keepVersion } from './document.store.ts';
import { contentFaults } from './document-findings.ts';
import { hearingHeld, investigatorsOf, paperOf, signatureStandingOf } from './document-flow.queries.ts';
import { numberFor } from './document-number.commands.ts';
import { lockNumberOf, voidNumber } from './document-number.store.ts';
import { supersedeSignatures } from './document-paper.store.ts';
import { scanFindingsOf } from './document-scan.queries.ts';
import { takeStep } from './document-step.ts';

type Body<E extends keyof Endpoints> = BodyOf<Endpoints[E]>;
type Done = Promise<{ version: number }>;

export const submitDocument = (services: Services, context: CommandContext, id: Id, body: Body<'document.submit'>): Done =>
    takeStep(services, context, 'document.submit', { id, ...body }, async (tx, row) => {
        const state = decideDocumentSubmit(factsOf(row), await contentFaults(tx.read, row));
        await keepVersion(tx, row);
        const patch = { state, submitted_at: tx.now };
        return {
            step: 'submitted',
            patch,
            kind: 'document.submitted',
            body: { sha256: contentDigestOf(row.content) },
            answer: {},
        };
    });

export const reviewDocument = (services: Services, context: CommandContext, id: Id, body: Body<'document.review'>): Done =>
    takeStep(services, context, 'document.review', { id, version: body.version }, async (tx, row, actor) => {
        if (body.verdict === 'return') {
            decideDocumentReturn(factsOf(row), actor, 'inReview');
            return returned(body.reason);
        }
        const state = decideDocumentReview(factsOf(row), actor, body.legal, { hearingHeld: await hearingHeld(tx.read, row) });
        const { opinion, legal } = body;
        return {
            step: 'reviewed',
            patch: { state, legal_needed: legal?.needed ?? null, legal_reason: legal?.reason ?? null },
            note: opinion ?? null,
            kind: 'document.reviewed',
            body: bodyOf({ opinion, legal }),
            answer: {},
        };
    });

export const reviewLegally = (services: Services, context: CommandContext, id: Id, body: Body<'document.legalReview'>): Done =>
    takeStep(services, context, 'document.legalReview', { id, version: body.version }, async (tx, row, actor) => {
        if (body.verdict === 'return') {
            decideDocumentReturn(factsOf(row), actor, 'inLegalReview');
            return returned(body.reason);
        }
        const { opinion, qualification } = body;
        const state = decideDocumentLegalReview(factsOf(row), actor, await investigatorsOf(tx.read, row));
        const reviewed = { legal_reviewed_at: tx.now, legal_reviewed_by: tx.actor, legal_qualification: qualification };
        return {
            step: 'legallyReviewed',
            patch: { state, ...reviewed },
            note: opinion,
            kind: 'document.legallyReviewed',
            body: { opinion, qualification },
            answer: {},
        };
    });

export const signDocument = (services: Services, context: CommandContext, id: Id, body: Body<'document.sign'>): Done =>
    takeStep(services, context, 'document.sign', { id, version: body.version }, async (tx, row, actor) => {
        if (body.verdict === 'return') {
            decideDocumentReturn(factsOf(row), actor, 'awaitingSignature');
            return returned(body.reason);
        }
        const participants = row.act_id === null ? [] : await participantsOf(tx.read, row.act_id);
        const head = decideDocumentSignature(factsOf(row), actor, participants);
        return {
            step: 'signed',
            patch: { state: 'approved', approved_at: tx.now, approved_by: tx.actor, approved_as: head },
            note: body.opinion ?? null,
            kind: 'document.signed',
            body: bodyOf({ as: head, opinion: body.opinion, sha256: contentDigestOf(row.content) }),
            answer: {},
        };
    });

/** Nobody sends back silently: the reason stands in the entry and on the page. */
const returned = (reason: string) => ({
    step: 'returned' as const,
    patch: backToDraft(),
    note: reason,
    kind: 'document.returned' as const,
    body: { reason },
    answer: {},
});

const backToDraft = () => ({
    state: 'draft' as const,
    legal_needed: null,
    legal_reason: null,
    legal_reviewed_at: null,
    legal_reviewed_by: null,
    legal_qualification: null,
    approved_at: null,
    approved_by: null,
    approved_as: null,
});

export const reopenDocument = (services: Services, context: CommandContext, id: Id, body: Body<'document.reopen'>): Done =>
    takeStep(services, context, 'document.reopen', { id, version: body.version }, async (tx, row) => {
        decideDocumentReopening(factsOf(row));
        const signatures = await supersedeSignatures(tx, id);
        if (row.first_signed_at !== null) await keepVersion(tx, row);
        return {
            step: 'reopened',
            patch: { ...backToDraft(), first_signed_at: null },
            note: body.reason,
            kind: 'document.reopened',
            body: { reason: body.reason, signatures },
            answer: {},
        };
    });

export const issueDocument = (services: Services, context: CommandContext, id: Id, body: Body<'document.issue'>): Done =>
    takeStep(services, context, 'document.issue', { id, version: body.version }, async (tx, row) => {
        const faults = await contentFaults(tx.read, row, 'signed');
        decideDocumentIssue(factsOf(row), faults, await signatureStandingOf(tx.read, row));
        await refuseUnconfirmed(tx.read, tx.orgId, row.type, row.template_version);
        await keepVersion(tx, row);
        return {
            step: 'issued',
            patch: { state: 'issued', issued_at: tx.now, issued_to: body.handedTo ?? null },
            note: body.handedTo ?? null,
            kind: 'document.issued',
            body: bodyOf({ handedTo: body.handedTo, sha256: contentDigestOf(row.content) }),
            answer: {},
        };
    });

export const issueUrgently = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, reason, handedTo, ...wish }: Body<'document.issueUrgently'>,
): Promise<{ version: number; number: string; regulariseBy: number }> =>
    takeStep(services, context, 'document.issueUrgently', { id, version }, async (tx, row) => {
        const regulariseBy = decideUrgentIssue(factsOf(row), await contentFaults(tx.read, row), tx.now);
        await refuseUnconfirmed(tx.read, tx.orgId, row.type, row.template_version);
        await keepVersion(tx, row);
        const number = row.number ?? (await numberFor(tx, row, wish));
        const issued = { state: 'issued' as const, issued_at: tx.now, issued_to: handedTo };
        return {
            step: 'issuedUrgently',
            patch: { ...issued, number, numbered_at: tx.now, urgent_reason: reason, regularise_by: regulariseBy },
            note: reason,
            kind: 'document.issuedUrgently',
            body: { reason, handedTo, number, regulariseBy, sha256: contentDigestOf(row.content) },
            answer: { number, regulariseBy },
        };
    });

export const regulariseDocument = (
    services: Services,
    context: CommandContext,
    id: Id,
    body: Body<'document.regularise'>,
): Done =>
    takeStep(services, context, 'document.regularise', { id, version: body.version }, async (tx, row, actor) => {
        decideRegularising(factsOf(row), actor);
        const { verdict, opinion } = body;
        const late = row.regularise_by !== null && tx.now > row.regularise_by;
        const approval = { approved_at: tx.now, approved_by: tx.actor, approved_as: 'agencyHead' as const };
        // 行政强制法 第19条: what should not have been done is lifted at once; the document stays as it was handed over.
        const refusal = { state: 'voided' as const, voided_at: tx.now, void_reason: opinion };
        if (verdict === 'refuse') await voidNumberOf(tx, row, opinion);
        return {
            step: verdict === 'approve' ? 'regularised' : 'voided',
            patch: { regularised_at: tx.now, regularised_by: tx.actor, ...(verdict === 'approve' ? approval : refusal) },
            note: opinion,
            kind: 'document.regularised',
            body: { verdict, opinion, late },
            answer: {},
        };
    });

export const checkDocument = (services: Services, context: CommandContext, id: Id, body: Body<'document.check'>): Done =>
    takeStep(services, context, 'document.check', { id, version: body.version }, async (tx, row, actor) => {
        decideDocumentCheck(factsOf(row), actor);
        if (body.verdict === 'fault') {
            const { reason } = body;
            const patch = { check_fault: reason };
            return {
                step: 'faultFound',
                patch,
                note: reason,
                kind: 'document.checked',
                body: { verdict: 'fault', reason },
                answer: {},
            };
        }
        return {
            step: 'checked',
            patch: { state: 'checked', checked_at: tx.now, checked_by: tx.actor, check_fault: null },
            note: body.opinion ?? null,
            kind: 'document.checked',
            body: bodyOf({ verdict: 'pass', opinion: body.opinion }),
            answer: {},
        };
    });

export const fileDocument = (services: Services, context: CommandContext, id: Id, body: Body<'document.file'>): Done =>
    takeStep(services, context, 'document.file', { id, version: body.version }, async (tx, row) => {
        const originalPlace = body.originalPlace ?? row.original_place;
        decideDocumentFiling(factsOf(row), { originalPlace, ...(await paperOf(tx.read, row, tx.now)) });
        decideScansForFiling(await scanFindingsOf(tx.read, row.id));
        await keepVersion(tx, row);
        return {
            step: 'filed',
            patch: { state: 'filed', filed_at: tx.now, filed_by: tx.actor, original_place: originalPlace },
            note: originalPlace,
            kind: 'document.filed',
            body: bodyOf({ originalPlace, sha256: contentDigestOf(row.content) }),
            answer: {},
        };
    });

export const voidDocument = (services: Services, context: CommandContext, id: Id, body: Body<'document.void'>): Done =>
    takeStep(services, context, 'document.void', { id, version: body.version }, async (tx, row, actor) => {
        decideDocumentVoid(factsOf(row), actor);
        const number = await voidNumberOf(tx, row, body.reason);
        return {
            step: 'voided',
            patch: { state: 'voided', voided_at: tx.now, void_reason: body.reason },
            note: body.reason,
            kind: 'document.voided',
            body: bodyOf({ reason: body.reason, number }),
            answer: {},
        };
    });

/** The number stays in its register with the reason, and is never given again. */
async function voidNumberOf(tx: Parameters<typeof lockNumberOf>[0], row: DocumentRow, reason: string): Promise<string | null> {
    const number = await lockNumberOf(tx, row.id);
    if (number === undefined) return null;
    await voidNumber(tx, number, reason);
    return number.text;
}
