import type { DockFacts, Instant } from '@liuhen/domain';
import type { Io } from '../io.ts';
import type { DockConfig } from './dock-config.ts';
import type { FileHasher } from './hash-files.ts';
import type { Journal } from './journal.ts';
import type { Lanes } from './lanes.ts';
import type { ServerLink } from './server-link.ts';
import type { Spool } from './spool.ts';
import type { DockWords } from './words-dock.ts';

/** What the parts of a docking computer share. */
export type DockContext = {
    readonly config: DockConfig;
    readonly io: Io;
    readonly words: DockWords;
    readonly journal: Journal;
    readonly hasher: FileHasher;
    readonly spool: Spool | undefined;
    readonly link: ServerLink;
    readonly lanes: Lanes;
    readonly tally: Tally;
    /** Files by content and device, so that what was moved or renamed is known again. */
    readonly contents: Map<string, string>;
    now(): Instant;
};

export type Tally = { taken: number; known: number; spooled: number; left: number; erased: number };

/** The same bytes of the same device are one thing, wherever they lie. */
export const contentKey = (sha256: string, { bound, device, volume }: DockFacts): string =>
    `${sha256} ${bound ?? device ?? volume.serial ?? ''}`;
