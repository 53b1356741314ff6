import { type Id, isId } from '../kernel/ids.ts';
import type { DocumentContent } from './template.ts';

/** A photograph or a moment of a recording that a document names. `atMs`: where in the recording. */
export type DocumentAttachment = {
    readonly kind: 'photo' | 'recording';
    readonly recordingId: Id;
    readonly title: string;
    readonly atMs: number;
};

/** What of the recordings is attached to a document, in its order; samples and papers are none. */
export const attachmentsIn = (content: DocumentContent): DocumentAttachment[] =>
    Object.values(content).flatMap((value) => (Array.isArray(value) ? value.flatMap(attachmentOf) : []));

function attachmentOf(row: unknown): DocumentAttachment[] {
    if (typeof row !== 'object' || row === null) return [];
    const { kind, ref, title, at } = row as Readonly<Record<string, unknown>>;
    if ((kind !== 'photo' && kind !== 'recording') || !isId(ref)) return [];
    return [{ kind, recordingId: ref, title: typeof title === 'string' ? title : '', atMs: typeof at === 'number' ? at : 0 }];
}
