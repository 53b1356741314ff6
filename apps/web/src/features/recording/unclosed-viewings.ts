import { RequestError } from '@liuhen/contract';
import { client } from '../../app/client.ts';
import type { PlayedRange } from './tracks.ts';

/**
 * What was played of viewings that the server has not heard the end of: kept in the browser, so that a closed tab, a crash or a
 * broken network loses none of it. Ids and seconds only, nothing of what was seen. What comes too late is refused: by then the
 * server has ended the viewing itself and said that it does not know what was played.
 */
const PREFIX = 'liuhen.viewing.';
/** A player that still runs says so more often than this; a tab in the background is slowed down to once a minute. */
const SILENT_MS = 180_000;
/** The request that was sent when it ended may still be on its way. */
const ON_ITS_WAY_MS = 15_000;

/** Longer than any viewing lasts: the server has ended it. */
const OVER_MS = 6 * 3_600_000;

export type Unclosed = {
    readonly personId: string;
    /** Ended by its player; else it was left without a word once it is silent. */
    readonly ended: boolean;
    readonly seenAt: number;
    readonly played: readonly PlayedRange[];
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

/** Those that can be sent now in this person's name. */
export const toSend = (all: readonly [string, Unclosed][], personId: string, now: number): [string, PlayedRange[]][] =>
    all
        .filter(([, of]) => of.personId === personId && now - of.seenAt > (of.ended ? ON_ITS_WAY_MS : SILENT_MS))
        .map(([id, of]) => [id, [...of.played]]);

/** The server has ended it already, by itself or by a request whose answer was lost. */
export const isOver = (error: unknown): boolean => error instanceof RequestError && error.code === 'viewing.notFound';

/** Sends what is left of earlier viewings; what the network swallows stays for the next time. */
export async function sendUnclosed(personId: string): Promise<void> {
    for (const [viewingId, played] of toSend(allUnclosed(), personId, Date.now())) {
        try {
            await client.call('recording.closeViewing', { params: { id: viewingId }, body: { played } });
            forgetUnclosed(viewingId);
        } catch (error) {
            if (!isOver(error)) return;
            forgetUnclosed(viewingId);
        }
    }
}
