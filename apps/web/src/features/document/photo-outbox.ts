import { COMMAND_ID_HEADER, RequestError } from '@liuhen/contract';
import type { DocumentContent, FieldValue } from '@liuhen/domain';
import { client } from '../../app/client.ts';
import { newCommandId, outcomeUnknown } from '../../app/command-id.ts';
import { digestOf, uploadErrorOf, worthAnotherTry } from '../recording/upload-protocol.ts';
import { changePhoto, dropPhoto, type KeptPhoto, photosOf } from './photo-store.ts';

const PART = 4 * 1024 * 1024;

/** Sends what waits, the oldest first. Gives how many arrived; an answer that did not come ends the round. */
export async function sendPhotos(personId: string): Promise<number> {
    let arrived = 0;
    for (const photo of await photosOf(personId)) {
        if (photo.refused !== null) continue;
        try {
            const recordingId = await sendPhoto(photo);
            if (recordingId !== photo.id) await pointTo(photo, recordingId);
            await dropPhoto(photo.id);
            arrived += 1;
        } catch (cause) {
            const error = cause instanceof RequestError ? cause : uploadErrorOf(cause);
            if (outcomeUnknown(error) || error.status === 401) throw error;
            // What the server no longer knows is begun once more; everything else waits for a person.
            const gone = error.code === 'upload.expired' || error.code === 'upload.notFound';
            await changePhoto(photo.id, {
                uploadUrl: null,
                refused: gone && photo.uploadUrl !== null ? null : { code: error.code, params: error.params },
            });
        }
    }
    return arrived;
}

/** Gives the recording that it became. Sent once more after a lost answer it is the same one. */
async function sendPhoto(photo: KeptPhoto): Promise<string> {
    const [{ Upload }, sha256] = await Promise.all([import('tus-js-client'), digestOf(photo.bytes)]);
    const known = { filename: photo.name, source: 'phone', requestId: photo.id, recordingId: photo.id };
    const metadata: Record<string, string> = {
        ...known,
        ...(photo.actId === null ? {} : { actId: photo.actId }),
        ...(sha256 === undefined ? {} : { sha256 }),
    };
    let recordingId: string | undefined;
    await new Promise<void>((resolve, reject) => {
        const upload = new Upload(photo.bytes, {
            endpoint: '/api/uploads',
            ...(photo.uploadUrl === null ? {} : { uploadUrl: photo.uploadUrl }),
            chunkSize: PART,
            metadata,
            storeFingerprintForResuming: false,
            retryDelays: [500, 2_000],
            onShouldRetry: worthAnotherTry,
            onBeforeRequest: (request) => {
                if (request.getMethod() === 'POST') request.setHeader(COMMAND_ID_HEADER, newCommandId());
            },
            onUploadUrlAvailable: () => void changePhoto(photo.id, { uploadUrl: upload.url }).catch(() => undefined),
            onAfterResponse: (_, response) => {
                recordingId = response.getHeader('Liuhen-Recording') ?? recordingId;
            },
            onSuccess: () => resolve(),
            onError: reject,
        });
        upload.start();
    });
    return recordingId ?? photo.id;
}

const pointed = (value: FieldValue, from: string, to: string): FieldValue =>
    Array.isArray(value)
        ? (value.map((row) => (typeof row === 'object' && row.ref === from ? { ...row, ref: to } : row)) as FieldValue)
        : value;

/** The same picture had been handed in before: the document names that recording. */
async function pointTo({ id, documentId }: KeptPhoto, to: string): Promise<void> {
    const { state, content, revision, startedAt, endedAt } = await client.call('document.get', { params: { id: documentId } });
    if (state !== 'draft') return;
    const next: DocumentContent = Object.fromEntries(
        Object.entries(content).map(([key, value]) => [key, pointed(value, id, to)] as const),
    );
    await client.call('document.save', { params: { id: documentId }, body: { revision, content: next, startedAt, endedAt } });
}
