import { utf8Bytes } from '../../kernel/bytes.ts';
import { DomainError } from '../../kernel/domain-error.ts';
import { type Checkpoint, parseCheckpoint } from '../checkpoint.ts';
import { parseNote } from '../note.ts';
import { type GroupFault, readRootGroups } from './root-groups.ts';

/** What somebody typed or scanned from a daily sheet. */
export type SheetReading =
    | { readonly kind: 'empty' }
    /** The groups: a root, and nothing of its size or log. */
    | { readonly kind: 'root'; readonly root: Uint8Array }
    /** The text in the code: a whole checkpoint with its signatures. */
    | { readonly kind: 'note'; readonly note: string; readonly checkpoint: Checkpoint }
    | { readonly kind: 'wrongGroups'; readonly groups: number; readonly faults: readonly GroupFault[] }
    | { readonly kind: 'wrongNote' };

/** Signatures of a note begin so; in no group is there such a sign. */
const SIGNATURE_LINE = /^— /mu;

/** Reads what stands on a daily sheet: the 13 groups of a root, or the text of its code. Never throws. */
export function readSheet(text: string): SheetReading {
    const plain = text.trim();
    if (plain === '') return { kind: 'empty' };
    if (SIGNATURE_LINE.test(plain)) return readNote(`${plain.replace(/\r\n?/g, '\n')}\n`);
    const read = readRootGroups(plain);
    return read.root === undefined
        ? { kind: 'wrongGroups', groups: read.groups, faults: read.faults }
        : { kind: 'root', root: read.root };
}

function readNote(note: string): SheetReading {
    try {
        return { kind: 'note', note, checkpoint: parseCheckpoint(parseNote(utf8Bytes(note)).text) };
    } catch (error) {
        if (error instanceof DomainError) return { kind: 'wrongNote' };
        throw error;
    }
}
