import { useSyncExternalStore } from 'react';

/** Whether the server answered last time, and when it last did. */
type Contact = { readonly reached: boolean; readonly lastAnswerAt: number };

/** How far the clock of this device is ahead of the server's, as of the last answer. */
let ahead = 0;
export const clockAhead = (): number => ahead;

let contact: Contact = { reached: true, lastAnswerAt: Date.now() };
const listeners = new Set<() => void>();

function set(next: Contact): void {
    const changed = next.reached !== contact.reached;
    contact = next;
    if (changed) for (const tell of listeners) tell();
}

/** Answers of proxies that stand before a server that is away. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504]);
export const isAway = (status: number): boolean => status === 0 || AWAY.has(status);

export const noteAnswer = (status: number, serverDate?: string | null): void => {
    const at = Date.parse(serverDate ?? '');
    if (!isAway(status) && !Number.isNaN(at)) ahead = Date.now() - at;
    if (isAway(status)) set({ ...contact, reached: false });
    else set({ reached: true, lastAnswerAt: status < 400 ? Date.now() : contact.lastAnswerAt });
};
/** The pages were opened with what the device had kept: that is how old the last answer is. */
export const noteKeptSince = (at: number): void => set({ reached: false, lastAnswerAt: Math.min(at, Date.now()) });

/** When the server last answered: every answered request moves the idle limit of the session. */
export const lastAnswer = (): number => contact.lastAnswerAt;
export const isReached = (): boolean => contact.reached;

const subscribe = (tell: () => void) => {
    listeners.add(tell);
    return () => listeners.delete(tell);
};
/** Whether the server can be reached, as far as the last request showed. */
export const useReached = (): boolean => useSyncExternalStore(subscribe, isReached);
