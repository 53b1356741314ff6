import { RequestError } from '@liuhen/contract';
import { client } from '../../app/client.ts';
import type { Played } from './played.ts';

/**
 * What was played of viewings that the server has not heard the end of: kept in the browser, so that a closed tab, a crash or a
 * broken network loses none of it. Ids and seconds only, nothing of what was seen. What comes too late is refused: by then the
 * server has ended the viewing itself and said that it does not know what was played.
 */
const PREFIX = 'liuhen.viewing.';
const SENDING = 'liuhen.viewings.sending';
/** A player that still runs says so more often than this; a tab in the background is slowed down to once a minute. */
const SILENT_MS = 180_000;
/** The request that was sent when it ended may still be on its way. */
const ON_ITS_WAY_MS = 15_000;

/** Longer than any viewing lasts: the server has ended it. */
const OVER_MS = 6 * 3_600_000;

export type Unclosed = Played & {
    readonly personId: string;
    /** Ended by its player; else it was left without a word once it is silent. */
    readonly ended: boolean;
    /** Its page holds a lock while it lives. */
    readonly locked?: boolean;
    readonly seenAt: number;
};

const isUnclosed = (value: unknown): value is Unclosed => {
    const of = value as Unclosed | null;
    return typeof of === 'object' && of !== null && typeof of.personId === 'string' && Array.isArray(of.played);
};

/** Storage can be full or switched off; then the summary goes by the request alone. */
function quietly<T>(what: () => T): T | undefined {
    try {
        return what();
    } catch {
        return undefined;
    }
}

export const keepUnclosed = (viewingId: string, of: Unclosed): void =>
    quietly(() => localStorage.setItem(PREFIX + viewingId, JSON.stringify(of)));

export const forgetUnclosed = (viewingId: string): void => quietly(() => localStorage.removeItem(PREFIX + viewingId));

function allUnclosed(): [string, Unclosed][] {
    const keys = quietly(() => Object.keys(localStorage)) ?? [];
    return keys.flatMap((key): [string, Unclosed][] => {
        if (!key.startsWith(PREFIX)) return [];
        const read = quietly((): unknown => JSON.parse(localStorage.getItem(key) ?? ''));
        if (isUnclosed(read) && Date.now() - read.seenAt < OVER_MS) return [[key.slice(PREFIX.length), read]];
        quietly(() => localStorage.removeItem(key));
        return [];
    });
}

/**
 * Holds a lock for as long as this page lives or until what is returned is called; `onHeld` when it is held. A browser gives such locks
 * at secure addresses only; without one, silence has to say that a page is dead.
 */
export function holdUnclosed(viewingId: string, onHeld: () => void): () => void {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
        release = resolve;
    });
    const held = () => {
        onHeld();
        return released;
    };
    void navigator.locks?.request(PREFIX + viewingId, held).catch(() => undefined);
    return release;
}

/** The viewings whose pages live; `undefined`: this browser does not say. */
async function heldNow(): Promise<ReadonlySet<string> | undefined> {
    const { held } = (await navigator.locks?.query().catch(() => undefined)) ?? {};
    return held && new Set(held.map(({ name = '' }) => name.slice(PREFIX.length)));
}

/** Those that can be sent now in this person's name. */
export const toSend = (
    all: readonly [string, Unclosed][],
    personId: string,
    now: number,
    held: ReadonlySet<string> | undefined,
): [string, Played][] =>
    all
        .filter(([id, of]) => {
            if (of.personId !== personId || held?.has(id) === true) return false;
            if (of.ended) return now - of.seenAt > ON_ITS_WAY_MS;
            return (of.locked === true && held !== undefined) || now - of.seenAt > SILENT_MS;
        })
        .map(([id, { played, leftOut }]) => [id, leftOut === undefined ? { played } : { played, leftOut }]);

/** The server has ended it already, by itself or by a request whose answer was lost. */
export const isOver = (error: unknown): boolean => error instanceof RequestError && error.code === 'viewing.notFound';

/** Sends what is left of earlier viewings; of two pages that come at once one does it, for the other would be refused. */
export async function sendUnclosed(personId: string): Promise<void> {
    if (navigator.locks === undefined) return sendAll(personId);
    await navigator.locks.request(SENDING, { ifAvailable: true }, (lock) => (lock === null ? undefined : sendAll(personId)));
}

/** What the network swallows stays for the next time. */
async function sendAll(personId: string): Promise<void> {
    for (const [viewingId, body] of toSend(allUnclosed(), personId, Date.now(), await heldNow())) {
        try {
            await client.call('recording.closeViewing', { params: { id: viewingId }, body });
            forgetUnclosed(viewingId);
        } catch (error) {
            if (!isOver(error)) return;
            forgetUnclosed(viewingId);
        }
    }
}
