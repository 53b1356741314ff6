import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { useEffect, useRef, useState } from 'react';
import { client } from '../../app/client.ts';

type Answer = ResponseOf<Endpoints['document.draftPictures']>;
export type PageShape = Answer['shapes'][number];
/** First and last page on the screen. */
export type Range = { readonly first: number; readonly last: number };
type Picture = { readonly of: string; readonly url: string };

/** What pages are of: a print, or the draft; `key` is another one whenever they may have changed. */
export type PagesOf = { readonly documentId: string; readonly printId: string | undefined; readonly key: string };

export type PagePictures = {
    /** Of every page there is; empty until the first answer. */
    readonly shapes: readonly PageShape[];
    /** Address of a page's picture as it stands now, or nothing while it is not here. */
    readonly pictureOf: (page: number) => string | undefined;
    readonly error: unknown;
    readonly retry: () => void;
};

type Loaded = { readonly key: string; readonly shapes: readonly PageShape[]; readonly pictures: ReadonlyMap<number, Picture> };
const NOTHING: Loaded = { key: '', shapes: [], pictures: new Map() };

/**
 * Pictures of the pages in view, and of no others: a long record would take a second to draw and to send. Until those of a newer
 * version are here the earlier ones stay. `onChanged` is told on which page something else stands than before.
 */
export function usePagePictures(of: PagesOf, inView: Range | undefined, onChanged: (page: number) => void): PagePictures {
    const { documentId, printId, key } = of;
    const [loaded, setLoaded] = useState<Loaded>(NOTHING);
    const [failure, setFailure] = useState<{ of: string; error: unknown }>();
    const [tries, setTries] = useState(0);
    const told = useRef(onChanged);
    useEffect(() => {
        told.current = onChanged;
    });
    const stale = loaded.key !== key;
    const lacking = inView !== undefined && (stale || missing(loaded, inView).length > 0);
    const [first, last] = inView === undefined ? [0, 0] : [inView.first, inView.last];
    const bodies = useRef<string[]>([]);
    const urls = useRef<ReadonlyMap<number, Picture>>(new Map());

    // biome-ignore lint/correctness/useExhaustiveDependencies: asked again when somebody says so
    useEffect(() => {
        if (!lacking) return;
        const asking = new AbortController();
        const query = {
            // Of what was just written nothing but what is on the screen; its neighbours follow.
            ...(stale ? { first, last } : { first: Math.max(1, first - 1), last: last + 1 }),
            ...(stale && bodies.current.length > 0 ? { before: bodies.current.join(',') } : {}),
            ...(urls.current.size > 0 ? { known: nearest([...urls.current], first).join(',') } : {}),
        };
        // Pages that fly past are not asked for; what was just written is, at once.
        const settled = stale ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, PASSING_MS));
        settled
            .then(() => {
                if (asking.signal.aborted) throw new DOMException('', 'AbortError');
                return picturesOf(documentId, printId, query, asking.signal);
            })
            .then((answer) => {
                if (asking.signal.aborted) return;
                bodies.current = answer.shapes.slice(0, MOST_TOLD).map(({ body }) => body);
                setLoaded((known) => merged(known, key, answer));
                setFailure(undefined);
                if (answer.changed !== null) told.current(answer.changed);
            })
            .catch((error: unknown) => {
                if (!asking.signal.aborted) setFailure({ of: key, error });
            });
        return () => asking.abort();
    }, [documentId, printId, key, stale, lacking, first, last, tries]);

    useEffect(() => {
        const stay = new Set([...loaded.pictures.values()].map(({ url }) => url));
        for (const { url } of urls.current.values()) if (!stay.has(url)) URL.revokeObjectURL(url);
        urls.current = loaded.pictures;
    }, [loaded]);
    useEffect(
        () => () => {
            for (const { url } of urls.current.values()) URL.revokeObjectURL(url);
        },
        [],
    );

    return {
        shapes: loaded.shapes,
        pictureOf: (page) => {
            const picture = loaded.pictures.get(page);
            return picture?.of === loaded.shapes[page - 1]?.picture ? picture?.url : undefined;
        },
        error: failure?.of === key ? failure.error : undefined,
        retry: () => {
            setFailure(undefined);
            setTries((count) => count + 1);
        },
    };
}

const PASSING_MS = 60;
/** Marks that fit into an address. */
const MOST_TOLD = 500;
const MOST_KNOWN = 60;

const picturesOf = (
    id: string,
    printId: string | undefined,
    query: { first: number; last: number; before?: string; known?: string },
    signal: AbortSignal,
): Promise<Answer> =>
    printId === undefined
        ? client.call('document.draftPictures', { params: { id }, query }, { signal })
        : client.call('document.printPictures', { params: { id, printId }, query }, { signal });

/** Pages in view whose picture is not here or is of something that stood there before. */
function missing({ shapes, pictures }: Loaded, { first, last }: Range): number[] {
    const pages = Array.from({ length: Math.max(0, Math.min(last, shapes.length) - first + 1) }, (_, at) => first + at);
    return pages.filter((page) => pictures.get(page)?.of !== shapes[page - 1]?.picture);
}

/** Marks of the pictures next to a page: as many as fit into an address. */
const nearest = (pictures: readonly (readonly [page: number, Picture])[], to: number): string[] =>
    pictures
        .toSorted(([a], [b]) => Math.abs(a - to) - Math.abs(b - to))
        .slice(0, MOST_KNOWN)
        .map(([, { of }]) => of);

/** What is here of the pages as they are now; a picture that still is the same stays, with its address, on whichever page. */
function merged(known: Loaded, key: string, { shapes, pictures }: Answer): Loaded {
    const here = new Map([...known.pictures.values()].map((picture) => [picture.of, picture]));
    for (const { page, svg } of pictures) {
        const of = shapes[page - 1]?.picture ?? '';
        if (here.has(of)) continue;
        here.set(of, { of, url: URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' })) });
    }
    const next = new Map<number, Picture>();
    for (const [at, { picture }] of shapes.entries()) {
        const found = here.get(picture);
        if (found !== undefined) next.set(at + 1, found);
    }
    return { key, shapes, pictures: next };
}
