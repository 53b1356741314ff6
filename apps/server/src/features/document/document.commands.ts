import type { BodyOf, Endpoints, ResponseOf } from '@liuhen/contract';
import {
    bodyOf,
    canonicalJson,
    type DocumentContent,
    DomainError,
    decideContentLength,
    decideDocumentSave,
    decideStatedTimes,
    documentTypeFacts,
    type Id,
    type Instant,
    toHex,
    utf8Bytes,
} from '@liuhen/domain';
import { changesOf } from '../../platform/changes.ts';
import { type CommandContext, runCommand } from '../../platform/command/command.ts';
import type { Tx } from '../../platform/command/tx.ts';
import { nodeDigest } from '../../platform/digest.ts';
import type { Services } from '../../platform/services.ts';
import { refuseUnlessActVisible } from '../act/act-visibility.queries.ts';
import { usableParty } from '../party/party-usable.queries.ts';
import { savedContent } from './document.queries.ts';
import {
    actNamed,
    caseKnown,
    type DocumentRow,
    documentKnown,
    factsOf,
    insertDocument,
    keepVersion,
    lockDocument,
    savedNow,
    segmentKnown,
    updateDocument,
} from './document.store.ts';
import { supersedeSignatures } from './document-paper.store.ts';
import { templateVersionFor } from './document-templates.ts';

type Create = BodyOf<Endpoints['document.create']>;
type Save = BodyOf<Endpoints['document.save']>;
type Saved = ResponseOf<Endpoints['document.save']>;

/** What an entry vouches for: the digest of the content's canonical bytes. */
export const contentDigestOf = (canonical: string): string => toHex(nodeDigest.sha256(utf8Bytes(canonical)));

/** Content as it stands in its row. */
export function canonicalContent(content: DocumentContent): string {
    const canonical = canonicalJson(content);
    decideContentLength(canonical);
    return canonical;
}

export const createDocument = (
    services: Services,
    context: CommandContext,
    body: Create,
): Promise<ResponseOf<Endpoints['document.create']>> =>
    runCommand(services.commands, context, 'document.create', async (tx) => {
        // Somebody else's command under the same id is another document; the same command's retry never comes here.
        if (body.id !== undefined && (await documentKnown(tx, body.id))) throw new DomainError('document.idTaken');
        const madeAt = body.madeAt ?? tx.now;
        const times = statedTimes(body, { startedAt: null, endedAt: null });
        decideStatedTimes({ ...times, madeAt }, tx.now);
        const links = await linksOf(tx, body);
        const content = canonicalContent(body.content);
        const row = await insertDocument(tx, {
            id: body.id ?? tx.newId(),
            type: body.type,
            template_version: templateVersionFor(body.type, madeAt),
            origin: 'made',
            state: 'draft',
            ...links,
            title: body.title ?? documentTypeFacts(body.type).zh,
            content,
            revision: 1,
            author_id: tx.actor,
            writer_ids: [tx.actor],
            made_at: madeAt,
            entered_at: tx.now,
            saved_at: tx.now,
            saved_by: tx.actor,
            started_at: times.startedAt,
            ended_at: times.endedAt,
        });
        return {
            result: { id: row.id, version: row.version, revision: row.revision },
            events: [
                {
                    kind: 'document.created',
                    creates: [row.id],
                    objects: linkedObjects(row),
                    body: bodyOf({
                        type: row.type,
                        templateVersion: row.template_version,
                        title: row.title,
                        madeAt: row.made_at,
                        startedAt: row.started_at,
                        endedAt: row.ended_at,
                        sha256: contentDigestOf(content),
                    }),
                },
            ],
        };
    });

type Stated = { startedAt: Instant | null; endedAt: Instant | null };

/** A form that has fields for them says so there; else they stand beside the content (附件1 第10条). */
export function statedTimes(body: Pick<Save, 'content' | 'startedAt' | 'endedAt'>, before: Stated): Stated {
    const of = (field: string, beside: Instant | null | undefined, was: Instant | null): Instant | null => {
        const written = body.content[field];
        if (typeof written === 'number') return written;
        return beside === undefined ? (written === undefined ? was : null) : beside;
    };
    return { startedAt: of('start', body.startedAt, before.startedAt), endedAt: of('end', body.endedAt, before.endedAt) };
}

export const linkedObjects = (row: Pick<DocumentRow, 'party_id' | 'act_id' | 'case_id' | 'parent_id'>): Id[] =>
    [row.party_id, row.act_id, row.case_id, row.parent_id].filter((each): each is Id => each !== null && each !== undefined);

type Links = Pick<Create, 'partyId' | 'actId' | 'segmentId' | 'caseId' | 'parentId'>;

/** What a document belongs to, all of this organisation; the party is the act's when none is named. */
export async function linksOf(tx: Tx, { partyId, actId, segmentId, caseId, parentId }: Links) {
    const act = actId === undefined || actId === null ? null : await actNamed(tx, actId);
    if (act === undefined) throw new DomainError('act.notFound');
    await refuseUnlessActVisible(tx.read, act?.id ?? null, tx.actor);
    if (act !== null && segmentId !== undefined && segmentId !== null && !(await segmentKnown(tx, act.id, segmentId)))
        throw new DomainError('document.segmentNotOfAct');
    const party = partyId === undefined ? (act?.party_id ?? null) : partyId;
    if (party !== null) await usableParty(tx, party);
    if (caseId !== undefined && caseId !== null && !(await caseKnown(tx, caseId))) throw new DomainError('case.notFound');
    if (parentId !== undefined && parentId !== null && !(await documentKnown(tx, parentId)))
        throw new DomainError('document.parentNotFound');
    return {
        party_id: party,
        act_id: act?.id ?? null,
        segment_id: segmentId ?? null,
        case_id: caseId ?? null,
        parent_id: parentId ?? null,
    };
}

/** Saves, or tells both contents when somebody else was faster. */
export async function saveDocument(services: Services, context: CommandContext, id: Id, body: Save): Promise<Saved> {
    try {
        return await saveContent(services, context, id, body);
    } catch (error) {
        if (!(error instanceof DomainError) || error.code !== 'document.savedMeanwhile') throw error;
        const theirs = await services.db.read({ readOrgs: context.readOrgs }, (db) => savedContent(db, context.orgId, id));
        return { outcome: 'conflict', yours: { revision: body.revision, content: body.content }, theirs };
    }
}

const saveContent = (services: Services, context: CommandContext, id: Id, body: Save): Promise<Saved> =>
    runCommand(services.commands, context, 'document.save', async (tx) => {
        const before = await lockDocument(tx, id);
        if (before === undefined) throw new DomainError('document.notFound');
        decideDocumentSave(factsOf(before), body.revision);
        const content = canonicalContent(body.content);
        const times = statedTimes(body, { startedAt: before.started_at, endedAt: before.ended_at });
        decideStatedTimes({ ...times, madeAt: before.made_at }, tx.now);
        const patch = { title: body.title ?? before.title, started_at: times.startedAt, ended_at: times.endedAt };
        const after = await updateDocument(tx, before, {
            ...patch,
            ...savedNow(tx, before, content),
        });
        // Whoever refused to sign or was absent had the words before them that stand there no more.
        const signatures = await supersedeSignatures(tx, id);
        // Once somebody else has seen it, every later content is kept.
        if (after.submitted_at !== null) await keepVersion(tx, after);
        return {
            result: { outcome: 'saved' as const, revision: after.revision, version: after.version, savedAt: after.saved_at },
            events: [
                {
                    kind: 'document.saved',
                    objects: [id],
                    body: {
                        revision: after.revision,
                        sha256: contentDigestOf(content),
                        fields: changedFields(before.content, body.content),
                        changes: changesOf(before, patch),
                        ...(signatures === 0 ? {} : { signatures }),
                    },
                },
            ],
        };
    });

/** Which fields differ; their texts stand in the row and, once handed in, in the kept versions. */
function changedFields(before: string, after: DocumentContent): string[] {
    const old = JSON.parse(before) as DocumentContent;
    const keys = new Set([...Object.keys(old), ...Object.keys(after)]);
    return [...keys].filter((key) => JSON.stringify(old[key]) !== JSON.stringify(after[key])).sort();
}

export const relateDocument = (
    services: Services,
    context: CommandContext,
    id: Id,
    { version, reason, ...links }: BodyOf<Endpoints['document.relate']>,
): Promise<{ version: number }> =>
    runCommand(services.commands, context, 'document.relate', async (tx) => {
        const before = await lockDocument(tx, id);
        if (before === undefined) throw new DomainError('document.notFound');
        if (before.version !== version) throw new DomainError('conflict.changedMeanwhile');
        if (before.state === 'filed' || before.state === 'voided') throw new DomainError('document.isDone');
        const patch = await linksOf(tx, {
            // A document that had no party takes that of its new act.
            partyId: links.partyId === undefined ? (before.party_id ?? undefined) : links.partyId,
            actId: links.actId === undefined ? before.act_id : links.actId,
            segmentId: links.segmentId === undefined ? before.segment_id : links.segmentId,
            caseId: links.caseId === undefined ? before.case_id : links.caseId,
            parentId: links.parentId === undefined ? before.parent_id : links.parentId,
        });
        const after = await updateDocument(tx, before, patch);
        const objects = [...new Set([id, ...linkedObjects(before), ...linkedObjects(after)])];
        return {
            result: { version: after.version },
            events: [{ kind: 'document.related', objects, body: { reason, changes: changesOf(before, patch) } }],
        };
    });
