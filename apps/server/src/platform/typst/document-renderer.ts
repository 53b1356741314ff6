import { createHash } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { DomainError, type Id, type Instant, type PrintModel, pageCode } from '@liuhen/domain';
import { BoundedMap } from '../bounded.ts';
import { codePicture } from './code-picture.ts';
import type { FontSet } from './fonts.ts';
import { TypstProcess } from './typst-process.ts';
import type { PagePictures, PicturesWanted, TypstRequest } from './typst-protocol.ts';

export type RenderedDocument = { readonly pdf: Buffer; readonly pages: number; readonly sha256: string };

export type DocumentRenderer = {
    /**
     * PDF/A-2b. `at` is the version's time: the same model and time give the same bytes on the same fonts. Errors:
     * `document.characterMissing {characters}`, `document.printFailed`.
     */
    render(model: PrintModel, at: Instant): Promise<RenderedDocument>;
    /**
     * Pages as SVG, for looking at on the screen: of all how large they are, of those in view the picture. Errors as `render`. `of`
     * names what is looked at: its next version is set by the process that knows the last one, whose lines need no setting again.
     */
    pictures(model: PrintModel, at: Instant, wanted: PicturesWanted, of?: Id): Promise<PagePictures>;
    /**
     * Sets pages that nobody has asked for yet, so that they are there by then. Not while the process that would do it has anything
     * else to do: `false`, and nothing is lost by that.
     */
    ahead(model: PrintModel, at: Instant, of: Id): Promise<boolean>;
    /** Starts a type-setter ahead of the first document. */
    warm(): void;
    /** Process ids of the type-setters that run now. */
    pids(): readonly number[];
    close(): Promise<void>;
};

/** Sets documents in processes of its own; nothing is started before the first document. */
export function documentRenderer(
    options: { processes?: number; fonts?: FontSet; wallMs?: number; idleMs?: number } = {},
): DocumentRenderer {
    const { processes = Math.max(1, Math.min(4, availableParallelism() - 1)), ...each } = options;
    const pool = Array.from({ length: processes }, () => new TypstProcess(each));

    const knows = new BoundedMap<Id, TypstProcess>(MOST_KNOWN);
    const processFor = (of: Id | undefined): TypstProcess => {
        // The least loaded; of two without work the one that is already warm.
        const free = pool.reduce((best, next) =>
            next.load < best.load || (next.load === best.load && best.pid === undefined && next.pid !== undefined) ? next : best,
        );
        if (of === undefined) return free;
        const knowing = knows.get(of);
        // One that has much to do would keep the writer waiting for longer than setting all lines takes.
        if (knowing !== undefined && knowing.load <= free.load + 1) return knowing;
        knows.set(of, free);
        return free;
    };

    const set = async (model: PrintModel, at: Instant, format: TypstRequest['format'], of?: Id) => {
        const process = processFor(of);
        const timestamp = Math.floor(at / 1000);
        const ask = (pages: number) => process.ask({ model, codes: codePictures(model.code, pages), timestamp, format });
        let answer = await ask(USUAL_PAGES);
        // How many pages there are is known once they are set; a long document is set again with a code for each.
        if (!answer.ok && 'codesFor' in answer) answer = await ask(answer.codesFor);
        if (answer.ok) return answer;
        if ('missing' in answer) throw new DomainError('document.characterMissing', { characters: answer.missing.join('、') });
        const failure = 'failure' in answer ? answer.failure : 'more pages than before';
        throw new DomainError('document.printFailed', {}, { cause: new Error(failure) });
    };

    return {
        async render(model, at) {
            const { made, pages } = await set(model, at, 'pdf');
            const pdf = Buffer.from(made as Uint8Array);
            return { pdf, pages, sha256: createHash('sha256').update(pdf).digest('hex') };
        },
        async pictures(model, at, wanted, of) {
            return (await set(model, at, wanted, of)).made as PagePictures;
        },
        async ahead(model, at, of) {
            if (processFor(of).load > 0) return false;
            await set(model, at, NOTHING_IN_VIEW, of);
            return true;
        },
        warm() {
            pool[0]?.warm();
        },
        pids: () => pool.flatMap((process) => (process.pid === undefined ? [] : [process.pid])),
        async close() {
            await Promise.all(pool.map((process) => process.close()));
        },
    };
}

const MOST_KNOWN = 1_000;

/** The pages are set, and none is sent. */
export const NOTHING_IN_VIEW: PicturesWanted = { first: 1, last: 0, before: [], known: [] };

/** Codes that are drawn before anybody knows how many pages there are: each costs about a millisecond. */
const USUAL_PAGES = 2;

/** Digits of digests are as good as chance, so that one mask does as well as another; to weigh all eight takes longer. */
const ANY_MASK = 3;

/** One for each page, which says which it is. */
const codePictures = (payload: string, pages: number): string[] =>
    payload === '' ? [] : Array.from({ length: pages }, (_, index) => codePicture(pageCode(payload, index + 1), ANY_MASK));
