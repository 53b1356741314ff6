import { type BodyOf, type Endpoints, RequestError } from '@liuhen/contract';
import { client } from '../../app/client.ts';
import { outcomeUnknown } from '../../app/command-id.ts';
import { withinStore } from '../../app/offline/device-store.ts';

/** A check that was made and has not been heard of by the server yet. */
export type KeptCheck = {
    /** Also of the command: sent once more after a lost answer it is the same one. */
    readonly id: string;
    readonly personId: string;
    readonly deviceId: string;
    readonly number: string;
    readonly body: BodyOf<Endpoints['device.check']>;
    readonly refused: { readonly code: string; readonly params: Readonly<Record<string, string | number>> } | null;
};

const listeners = new Set<() => void>();
const changed = () => {
    for (const tell of listeners) tell();
};
export const onChecksChange = (tell: () => void) => {
    listeners.add(tell);
    return () => void listeners.delete(tell);
};

export async function keepCheck(check: KeptCheck): Promise<void> {
    await withinStore('checks', 'readwrite', (store) => store.put(check));
    changed();
}
export async function dropCheck(id: string): Promise<void> {
    await withinStore('checks', 'readwrite', (store) => store.delete(id));
    changed();
}

/** Those of one person; another person at the same phone neither sees nor sends them. */
export async function checksOf(personId: string): Promise<readonly KeptCheck[]> {
    const all = (await withinStore('checks', 'readonly', (store) => store.getAll())) as KeptCheck[];
    return all.filter((each) => each.personId === personId).toSorted((a, b) => a.body.at - b.body.at);
}

/** Sends what waits, the oldest first. An answer that did not come ends the round; what is refused waits for the person. */
export async function sendChecks(personId: string): Promise<number> {
    let arrived = 0;
    for (const check of await checksOf(personId)) {
        if (check.refused !== null) continue;
        try {
            await client.call('device.check', { params: { id: check.deviceId }, body: check.body }, { commandId: check.id });
            await dropCheck(check.id);
            arrived += 1;
        } catch (error) {
            if (!(error instanceof RequestError) || outcomeUnknown(error) || error.status === 401) return arrived;
            await keepCheck({ ...check, refused: { code: error.code, params: error.params } });
        }
    }
    return arrived;
}
