import {
    canonicalJson,
    type DocumentContent,
    type DocumentState,
    type DocumentType,
    type Id,
    type Instant,
} from '@liuhen/domain';
import { insertDocument } from '../features/document/document.store.ts';
import { runCommand } from '../platform/command/command.ts';
import { insertRow } from '../platform/command/row-writer.ts';
import type { FeatureSystem, TestOrganisation } from './feature-system.ts';

type Paper = {
    caseId?: Id;
    actId?: Id;
    partyId?: Id;
    type: DocumentType;
    state: DocumentState;
    servedAt?: Instant;
    content?: DocumentContent;
};

/** A document in the state that a step asks for; how it gets there is the document's own story. */
export const paperIn = (
    system: FeatureSystem,
    org: TestOrganisation,
    { caseId, actId, partyId, type, state, servedAt, content = {} }: Paper,
) =>
    runCommand(system.services.commands, org.as({ id: org.actor }), 'document.create', async (tx) => {
        const { id } = await insertDocument(tx, {
            id: tx.newId(),
            type,
            template_version: 1,
            origin: 'made',
            state,
            act_id: actId ?? null,
            party_id: partyId ?? null,
            segment_id: null,
            case_id: caseId ?? null,
            parent_id: null,
            title: type,
            content: canonicalJson(content),
            revision: 1,
            author_id: org.actor,
            writer_ids: [org.actor],
            made_at: tx.now,
            entered_at: tx.now,
            saved_at: tx.now,
            saved_by: org.actor,
            ...(servedAt === undefined ? {} : { served_at: servedAt, served_mode: 'direct' as const }),
        });
        return {
            result: { id },
            events: [
                {
                    kind: 'document.created',
                    creates: [id],
                    objects: [caseId, actId].filter((each) => each !== undefined),
                    body: {},
                },
            ],
        };
    });

/** A recording as intake leaves it; the bytes do not matter here. */
export const footageOf = (system: FeatureSystem, org: TestOrganisation, filling = 7) =>
    runCommand(system.services.commands, org.as({ id: org.actor }), 'recording.register', async (tx) => {
        const digest = Buffer.alloc(32, filling);
        const blob = await insertRow(tx, 'blob', {
            id: tx.newId(),
            sha256: digest,
            sm3: digest,
            size: 7n,
            chunk_root: digest,
            chunk_digests: digest,
        });
        const { id } = await insertRow(tx, 'recording', {
            id: tx.newId(),
            blob_id: blob.id,
            role: 'original',
            state: 'sealed',
            source: 'recorder',
            original_name: Buffer.from('a.mp4'),
            display_name: 'a.mp4',
            uploaded_by: org.actor,
            received_at: tx.now,
            device_time_basis: 'unknown',
            search_text: 'a.mp4',
        });
        return { result: { id }, events: [{ kind: 'recording.registered', creates: [id], body: {} }] };
    });

/** The code of a refusal. */
export const refused = async (attempt: Promise<unknown>): Promise<string> => {
    try {
        await attempt;
        return 'accepted';
    } catch (error) {
        return (error as { code: string }).code;
    }
};
