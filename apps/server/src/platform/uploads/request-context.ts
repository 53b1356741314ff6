import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage } from 'node:http';
import type { Id } from '@liuhen/domain';
import type { BodyReader } from './body-reader.ts';
import type { Checksum } from './checksum.ts';

export type Principal = { readonly orgId: Id; readonly personId: Id };

/** What the protocol library does not hand through to the store and the locker. */
export type RequestContext = {
    readonly principal: Principal;
    readonly request: IncomingMessage;
    readonly method: string;
    readonly uploadId: Id;
    readonly metadataHeader: string;
    readonly checksum: Checksum | null;
    /** Aborted with reason `wanted` or `lost` when the lock must be given up. */
    readonly stop: AbortController;
    /** The body while it is being taken. */
    body: BodyReader | undefined;
    /** Found, once the lock was there, that another request had brought the last bytes. */
    wasComplete: boolean;
};

const storage = new AsyncLocalStorage<RequestContext>();

export const withContext = <T>(context: RequestContext, work: () => Promise<T>): Promise<T> => storage.run(context, work);

export function currentContext(): RequestContext {
    const context = storage.getStore();
    if (context === undefined) throw new Error('outside a request');
    return context;
}
