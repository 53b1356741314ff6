import { Session } from 'node:inspector/promises';

/** Characters by the address of their source. */
export type News = Map<string, Set<number>>;

/** Which characters of the sources that are looked at have run so far, by V8's own precise counts of blocks. */
export class Coverage {
    /** One for the process: V8 counts blocks of what it compiles while somebody counts, and forgets them when nobody does. */
    static #shared: Promise<Session> | undefined;
    readonly #session: Session;
    readonly #seen = new Map<string, Uint8Array>();
    readonly #wanted: RegExp;
    /** Characters that have run. */
    size = 0;

    private constructor(session: Session, wanted: RegExp) {
        this.#session = session;
        this.#wanted = wanted;
    }

    static async start(wanted: RegExp): Promise<Coverage> {
        Coverage.#shared ??= counting();
        const coverage = new Coverage(await Coverage.#shared, wanted);
        await coverage.#session.post('Profiler.takePreciseCoverage');
        return coverage;
    }

    /** What ran since the last question and never had before. */
    async news(): Promise<News> {
        const news: News = new Map();
        await this.#each((url, at) => {
            const seen = this.#room(url, at + 1);
            if (seen[at] !== 0) return;
            seen[at] = 1;
            this.size++;
            const found = news.get(url) ?? new Set();
            news.set(url, found.add(at));
        });
        return news;
    }

    /** Whether some of `news` ran since the last question; that is taken out of it. */
    async reached(news: News): Promise<boolean> {
        let found = false;
        await this.#each((url, at) => {
            if (news.get(url)?.delete(at) === true) found = true;
        });
        return found;
    }

    /** Every character of the wanted sources that ran since the last question. */
    async #each(ran: (url: string, at: number) => void): Promise<void> {
        const { result } = await this.#session.post('Profiler.takePreciseCoverage');
        for (const { url, functions } of result) {
            if (!this.#wanted.test(url)) continue;
            for (const { ranges } of functions) {
                const [whole] = ranges;
                if (whole === undefined || whole.count === 0) continue;
                // Inner ranges stand behind those around them and say otherwise.
                const runs = new Uint8Array(whole.endOffset - whole.startOffset);
                for (const { startOffset, endOffset, count } of ranges)
                    runs.fill(count > 0 ? 1 : 0, startOffset - whole.startOffset, endOffset - whole.startOffset);
                for (let at = 0; at < runs.length; at++) if (runs[at] === 1) ran(url, whole.startOffset + at);
            }
        }
    }

    #room(url: string, length: number): Uint8Array {
        const before = this.#seen.get(url);
        if (before !== undefined && before.length >= length) return before;
        const room = new Uint8Array(Math.max(length, 65_536));
        if (before !== undefined) room.set(before);
        this.#seen.set(url, room);
        return room;
    }
}

async function counting(): Promise<Session> {
    const session = new Session();
    session.connect();
    await session.post('Profiler.enable');
    await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
    return session;
}
