const loads: (() => Promise<unknown>)[] = [];

/** The code of a page could not be fetched: the server is away, or it was updated and has this code no more. */
export class PageCodeMissing extends Error {
    override readonly name = 'PageCodeMissing';
}

/**
 * Fetches the code of a page. A failure is said on the page: reloading by itself, as the router would, leaves nothing of
 * the application while the server is away, running uploads included.
 */
export function fetched<T>(load: () => Promise<T>): () => Promise<T> {
    loads.push(load);
    return () =>
        load().catch((cause: unknown) => {
            throw new PageCodeMissing('page code', { cause });
        });
}

/** The page that was asked for has everything it needs by then. */
const QUIET_MS = 3_000;

/** Fetches the code of every page once the first one is done, so that a later break of the network does not matter for it. */
export async function fetchAllPages(): Promise<void> {
    await new Promise<void>((resolve) => setTimeout(resolve, QUIET_MS));
    for (const load of loads) await load().catch(() => undefined);
}
