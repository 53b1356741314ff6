import { type EndpointId, type Endpoints, RequestError, type RequestOf, type ResponseOf } from '@liuhen/contract';
import { HOUR } from '@liuhen/domain';
import { hashKey } from '@tanstack/react-query';
import { isAway, noteKeptSince } from './contact.ts';
import { withinStore } from './device-store.ts';

/** An answer of the server that a person took along, under the question it answers. */
export type Kept = { readonly id: string; readonly personId: string; readonly at: number; readonly answer: unknown };

/** After that long without the server nobody is shown what was taken along; what was written here stays. */
export const MOST_APART_MS = 12 * HOUR;

const SESSION = 'session';
/** The same question is the same key, in whatever order its members stand. */
export const keyOf = <K extends EndpointId>(endpointId: K, request: RequestOf<Endpoints[K]>): string =>
    endpointId === 'session.get' ? SESSION : hashKey([endpointId, request]);

const read = (id: string): Promise<Kept | undefined> =>
    withinStore('kept', 'readonly', (store) => store.get(id)) as Promise<Kept | undefined>;

/** Whose things this device keeps, as far as they may still be shown. A clock that was set anew counts in both directions. */
async function keptSession(): Promise<Kept | undefined> {
    const session = await read(SESSION).catch(() => undefined);
    return session !== undefined && Math.abs(Date.now() - session.at) < MOST_APART_MS ? session : undefined;
}

/** What this person took along as the answer to a question; nothing of anybody else. */
export async function keptAnswer<K extends EndpointId>(
    endpointId: K,
    request: RequestOf<Endpoints[K]>,
): Promise<ResponseOf<Endpoints[K]> | undefined> {
    const session = await keptSession();
    if (session === undefined) return undefined;
    if (endpointId === 'session.get') {
        noteKeptSince(session.at);
        return session.answer as ResponseOf<Endpoints[K]>;
    }
    const found = await read(keyOf(endpointId, request)).catch(() => undefined);
    return found?.personId === session.personId ? (found.answer as ResponseOf<Endpoints[K]>) : undefined;
}

/** The server was not there at all: then what was taken along may be shown. */
export const wasAway = (error: unknown): boolean => error instanceof RequestError && isAway(error.status);

type Session = ResponseOf<Endpoints['session.get']>;

/** Notes who is signed in. Of the person before at this device nothing is left of what was taken along. */
export async function keepSession(session: Session): Promise<void> {
    const before = await read(SESSION).catch(() => undefined);
    if (before !== undefined && before.personId !== session.person.id) await forgetKept();
    await put({ id: SESSION, personId: session.person.id, at: Date.now(), answer: session });
}

const put = (kept: Kept): Promise<unknown> => withinStore('kept', 'readwrite', (store) => store.put(kept));

/** Puts what is taken along in place of what was there: what is no longer somebody's own goes. */
export async function takeAlong(personId: string, answers: readonly (readonly [key: string, answer: unknown])[]): Promise<void> {
    const at = Date.now();
    await withinStore('kept', 'readwrite', (store) => {
        const session = store.get(SESSION) as IDBRequest<Kept | undefined>;
        session.addEventListener('success', () => {
            // Signed out, or another person came, while the answers were on their way.
            if (session.result?.personId !== personId) return;
            store.clear();
            store.put(session.result);
            for (const [id, answer] of answers) store.put({ id, personId, at, answer } satisfies Kept);
        });
        return session;
    });
}

/** A question was answered anew: what was taken along as its answer follows. Others are not kept. */
export async function freshen(key: string, answer: unknown): Promise<void> {
    await withinStore('kept', 'readwrite', (store) => {
        const found = store.get(key) as IDBRequest<Kept | undefined>;
        found.addEventListener('success', () => {
            if (found.result !== undefined) store.put({ ...found.result, at: Date.now(), answer });
        });
        return found;
    });
}

/** Everything that was taken along; drafts and photos that the server does not have stay with whoever made them. */
export const forgetKept = (): Promise<unknown> => withinStore('kept', 'readwrite', (store) => store.clear());

/** All that a person took along, for the page that shows it. */
export async function allKept(personId: string): Promise<readonly Kept[]> {
    const all = (await withinStore('kept', 'readonly', (store) => store.getAll())) as Kept[];
    return all.filter((each) => each.personId === personId && each.id !== SESSION);
}
