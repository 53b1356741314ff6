import { type DrawnPages, drawnPages } from './svg-pages.ts';
import type { PagePictures, PicturesWanted } from './typst-protocol.ts';

/** Characters of pictures that are kept at most; a page of a record has 170,000. */
const MOST_KEPT = 24_000_000;

/** The pictures of the documents that were looked at last, by all that their pages say. */
export function recentDrawings() {
    const kept = new Map<string, { readonly drawn: DrawnPages; readonly size: number }>();
    let size = 0;
    const drop = (key: string) => {
        size -= kept.get(key)?.size ?? 0;
        kept.delete(key);
    };
    return {
        of(key: string): DrawnPages | undefined {
            const found = kept.get(key);
            if (found === undefined) return undefined;
            kept.delete(key);
            kept.set(key, found);
            return found.drawn;
        },
        keep(key: string, svg: string): DrawnPages {
            const drawn = drawnPages(svg);
            drop(key);
            kept.set(key, { drawn, size: svg.length });
            size += svg.length;
            for (const oldest of kept.keys()) {
                if (size <= MOST_KEPT || oldest === key) break;
                drop(oldest);
            }
            return drawn;
        },
    };
}

/** Pages sent at once at most: more are never in view. */
const MOST_SENT = 6;

/** Those in view, or the first on which something else stands than before with its neighbours. */
export function chosenPages(drawn: DrawnPages, { first, last, before, known }: PicturesWanted): PagePictures {
    const { shapes } = drawn;
    const changed = before.length === 0 ? -1 : shapes.findIndex(({ body }, at) => body !== before[at]);
    // Whoever looks elsewhere is taken to what changed; what was in view is out of sight then.
    const moves = changed >= 0 && (changed + 1 < first || changed + 1 > last);
    // A part of its neighbours is on the screen with it.
    const [start, end] = moves ? [Math.max(1, changed), changed + 2] : [first, Math.min(last, first + MOST_SENT - 1)];
    const wanted = Array.from({ length: Math.max(0, Math.min(end, shapes.length) - start + 1) }, (_, at) => start + at);
    return {
        shapes,
        pictures: wanted
            .filter((page) => !known.includes(shapes[page - 1]?.picture ?? ''))
            .map((page) => ({ page, svg: drawn.pictureOf(page) })),
        changed: changed < 0 ? null : changed + 1,
    };
}
