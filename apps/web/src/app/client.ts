import { createClient } from '@liuhen/contract';
import { newCommandId } from './command-id.ts';

let lastAnswerAt = Date.now();

/** When the server last answered: every answered request moves the idle limit of the session. */
export const lastAnswer = (): number => lastAnswerAt;

const noted: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (response.ok) lastAnswerAt = Date.now();
    return response;
};

export const client = createClient({ fetch: noted, newCommandId });

/** For what must still arrive while the page is being left: the browser finishes such requests on its own. */
export const partingClient = createClient({ fetch: (input, init) => fetch(input, { ...init, keepalive: true }), newCommandId });
