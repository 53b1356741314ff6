import type { Instant } from '../kernel/instant.ts';
import type { DockFacts } from './dock-facts.ts';

/**
 * Where a docked file is on its way. `read`: its digest is known · `spooled`: a copy of it is safe in the agent's own store ·
 * `sent`: the server has it under a number · `receipted`: the server has read it back and signed · `erasing`: it was about to
 * be erased · `erased`.
 */
export const DOCK_STATES = ['read', 'spooled', 'sent', 'receipted', 'erasing', 'erased'] as const;
export type DockState = (typeof DOCK_STATES)[number];
export const DOCK_STEPS = ['read', 'spooled', 'unspooled', 'sent', 'refused', 'receipted', 'erasing', 'kept', 'erased'] as const;
export type DockStep = (typeof DOCK_STEPS)[number];

/**
 * The only ways. `undefined` state: the journal has not heard of the file. A step that is not in the table is a journal that
 * does not fit together; it is left out and counted, since all that it could lead to is doing some work again.
 */
const WAYS: Readonly<Record<DockState | 'new', Readonly<Partial<Record<DockStep, DockState>>>>> = {
    new: { read: 'read' },
    read: { read: 'read', spooled: 'spooled', sent: 'sent' },
    // A copy that proves damaged or was taken away leaves the recorder's own file.
    spooled: { read: 'spooled', spooled: 'spooled', unspooled: 'read', sent: 'sent' },
    // The server may not know it any more: restored from a backup, or another server.
    sent: { sent: 'sent', refused: 'read', receipted: 'receipted', read: 'sent' },
    receipted: { receipted: 'receipted', erasing: 'erasing', refused: 'read', read: 'receipted' },
    erasing: { erasing: 'erasing', kept: 'receipted', erased: 'erased', read: 'receipted' },
    // Somebody put it back: it is known, and may be erased again by the same receipt.
    erased: { read: 'receipted', erased: 'erased' },
};

export const nextDockState = (state: DockState | undefined, step: DockStep): DockState | undefined => WAYS[state ?? 'new'][step];

/** One line of the journal about a file. `file` is the digest of volume, path, size and time: one file as it lay there. */
export type FileLine = {
    readonly of: 'file';
    readonly step: DockStep;
    readonly file: string;
    readonly at: Instant;
    readonly sha256?: string;
    readonly facts?: DockFacts;
    readonly recording?: string;
    readonly receipt?: string;
    readonly signature?: string;
    readonly why?: string;
    /** On `erasing`: the file system and folder its volume was, by which it is known again when that has no serial. */
    readonly root?: string;
};
/** One line about a docking: what the clock showed, what was left alone and why. Kept until the server has it. */
export type DockingLine = {
    readonly of: 'docking';
    readonly step: 'noted' | 'reported';
    readonly docking: string;
    readonly at: Instant;
    readonly report?: Readonly<Record<string, unknown>>;
};
/** An erasure the server has heard of. */
export type ErasureLine = { readonly of: 'erasure'; readonly file: string; readonly at: Instant };
export type JournalLine = FileLine | DockingLine | ErasureLine;

export type DockedFile = {
    readonly file: string;
    readonly state: DockState;
    readonly sha256: string;
    readonly facts: DockFacts;
    readonly recording?: string;
    readonly receipt?: string;
    readonly signature?: string;
    readonly changedAt: Instant;
    /** Why it was kept on the recorder the last time that was asked. */
    readonly why?: string;
    /** While it is being erased: what its volume was. */
    readonly root?: string;
    /** Erased, and the server knows. */
    readonly erasureTold?: boolean;
};

/** A book that lines are entered into, one after the other, at start and while running: the same code for both. */
export class DockLedger {
    readonly files = new Map<string, DockedFile>();
    readonly dockings = new Map<string, DockingLine>();
    odd = 0;

    /** False where the line fits no state and was left out. */
    enter(line: JournalLine): boolean {
        if (line.of === 'docking') {
            if (line.step === 'noted') this.dockings.set(line.docking, line);
            else this.dockings.delete(line.docking);
            return true;
        }
        const before = this.files.get(line.file);
        const after = line.of === 'erasure' ? told(before) : moved(before, line);
        if (after === undefined) {
            this.odd += 1;
            return false;
        }
        this.files.set(line.file, after);
        return true;
    }

    /** What takes the book back to where it is now, once the line was entered and proves not to be on disk. */
    undoOf(line: JournalLine): () => void {
        const { odd } = this;
        if (line.of === 'docking') {
            const docking = this.dockings.get(line.docking);
            return () => {
                this.odd = odd;
                if (docking === undefined) this.dockings.delete(line.docking);
                else this.dockings.set(line.docking, docking);
            };
        }
        const file = this.files.get(line.file);
        return () => {
            this.odd = odd;
            if (file === undefined) this.files.delete(line.file);
            else this.files.set(line.file, file);
        };
    }

    /** The lines from which the same book comes again, one for each file and docking. */
    *lines(): Generator<JournalLine> {
        for (const each of this.files.values()) yield* linesOf(each);
        yield* this.dockings.values();
    }
}

const told = (before: DockedFile | undefined): DockedFile | undefined =>
    before?.state === 'erased' ? { ...before, erasureTold: true } : undefined;

function moved(before: DockedFile | undefined, line: FileLine): DockedFile | undefined {
    const state = nextDockState(before?.state, line.step);
    const sha256 = line.sha256 ?? before?.sha256;
    const facts = line.facts ?? before?.facts;
    if (state === undefined || sha256 === undefined || facts === undefined) return undefined;
    // Another content under the same name, size and time: what was known of the other does not hold of it.
    if (before !== undefined && before.sha256 !== sha256) return line.step === 'read' ? fresh(line, sha256, facts) : undefined;
    const { recording, receipt, signature, erasureTold } = before ?? {};
    const at = {
        recording: line.recording ?? recording,
        receipt: line.receipt ?? receipt,
        signature: line.signature ?? signature,
    };
    const kept = line.step === 'refused' ? {} : onlyKnown(at);
    return {
        file: line.file,
        state,
        sha256,
        facts,
        changedAt: line.at,
        ...kept,
        ...(line.why === undefined ? {} : { why: line.why }),
        ...(state === 'erasing' && line.root !== undefined ? { root: line.root } : {}),
        ...(erasureTold === true && state === 'erased' ? { erasureTold } : {}),
    };
}

const fresh = (line: FileLine, sha256: string, facts: DockFacts): DockedFile => ({
    file: line.file,
    state: 'read',
    sha256,
    facts,
    changedAt: line.at,
});

type Kept = { recording?: string; receipt?: string; signature?: string };
const onlyKnown = (at: Record<keyof Kept, string | undefined>): Kept =>
    Object.fromEntries(Object.entries(at).filter(([, value]) => value !== undefined)) as Kept;

function* linesOf({
    file,
    state,
    sha256,
    facts,
    recording,
    receipt,
    signature,
    changedAt: at,
    ...rest
}: DockedFile): Generator<JournalLine, void> {
    const line = (step: DockStep, more: Partial<FileLine> = {}): FileLine => ({ of: 'file', step, file, at, ...more });
    yield line('read', { sha256, facts });
    if (state === 'read') return;
    if (state === 'spooled') {
        yield line('spooled');
        return;
    }
    yield line('sent', recording === undefined ? {} : { recording });
    if (state === 'sent') return;
    yield line('receipted', {
        ...(receipt === undefined ? {} : { receipt }),
        ...(signature === undefined ? {} : { signature }),
        ...(rest.why === undefined ? {} : { why: rest.why }),
    });
    if (state === 'receipted') return;
    yield line('erasing', rest.root === undefined ? {} : { root: rest.root });
    if (state === 'erasing') return;
    yield line('erased');
    if (rest.erasureTold === true) yield { of: 'erasure', file, at } as const;
}
