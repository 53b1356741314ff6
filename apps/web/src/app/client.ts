import { createClient } from '@liuhen/contract';
import { newCommandId } from './command-id.ts';
import { noteAnswer } from './offline/contact.ts';

const noted: typeof fetch = async (input, init) => {
    try {
        const response = await fetch(input, init);
        noteAnswer(response.status, response.headers.get('date'));
        return response;
    } catch (error) {
        if (!(error instanceof DOMException && error.name === 'AbortError')) noteAnswer(0);
        throw error;
    }
};

export const client = createClient({ fetch: noted, newCommandId });

/** Asks whether the server is there, in nobody's name: no session is kept alive by it. */
export const knock = (): Promise<unknown> => noted('/healthz', { cache: 'no-store', credentials: 'omit' }).catch(() => undefined);

/** For what must still arrive while the page is being left: the browser finishes such requests on its own. */
export const partingClient = createClient({ fetch: (input, init) => fetch(input, { ...init, keepalive: true }), newCommandId });
