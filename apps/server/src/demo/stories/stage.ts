import type { Day, Id, Instant } from '@liuhen/domain';
import type { Colleague } from './colleague.ts';

/** What a story is told with. Nobody writes but the people in it, by the commands they have. */
export type Stage = {
    /** Waits for a moment of the fictional autumn, Shanghai time: `2026-10-28 14:05`. Gives the instant. */
    at(moment: string): Promise<Instant>;
    /** The same for an instant. */
    until(at: Instant): Promise<void>;
    now(): Instant;
    /** The day on which the demo is started: what is still open hangs on it. */
    readonly today: Day;
    /** By the key of `PEOPLE`. */
    by(person: string): Colleague;
    /** By the key of `PARTIES`. */
    party(key: string): DemoParty;
    /** A recorder or a room's camera, by its number. */
    device(number: string): Id;
    /** Hands the clips of one visit of `demo/clips/clips.json` in, filed under the act, and waits until they are looked at. */
    handIn(clips: string, actId: Id): Promise<void>;
    /** Has an act judged by all rules, as the night would. */
    judged(actId: Id): Promise<void>;
    /** Makes the pages of a print as the page that opens it does; gives their number. */
    pagesOf(reader: Colleague, documentId: Id, printId: Id): Promise<number>;
};

export type DemoParty = {
    readonly partyId: Id;
    readonly creditCode: string;
    readonly premisesId: Id;
    readonly name: string;
    readonly place: string;
    readonly representative: string;
};

export type Story = (stage: Stage) => Promise<void>;

/** An instant of Shanghai: `2026-10-28 14:05`, with seconds where there are some. */
export const shanghai = (moment: string): Instant => Date.parse(`${moment.replace(' ', 'T')}+08:00`);
