import { RequestError } from '@liuhen/contract';
import { client } from '../client.ts';
import { wasAway } from './kept-answers.ts';

const KEY = 'liuhen.leaving';

/** Ends the session. Where the server does not answer, this device remembers that the person has left. */
export async function leave(): Promise<void> {
    localStorage.setItem(KEY, '1');
    await isLeaving();
}

/** Whether somebody left and the server does not know it yet; tells it. Until then nobody comes in with that session. */
export async function isLeaving(): Promise<boolean> {
    if (localStorage.getItem(KEY) === null) return false;
    try {
        await client.call('session.close', {});
    } catch (error) {
        if (wasAway(error) || !(error instanceof RequestError)) return true;
    }
    localStorage.removeItem(KEY);
    return false;
}

/** Somebody signed in: the session before has gone with its cookie. */
export const hasCome = (): void => localStorage.removeItem(KEY);
