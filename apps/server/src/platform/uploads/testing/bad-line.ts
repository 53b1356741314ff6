import { connect, createServer, type Socket } from 'node:net';

/** How bad a line is. It carries bytes in order, as TCP does: a lost packet is seen as a standstill until it was sent again. */
export type Badness = {
    /** One way, ms. */
    readonly delayMs: number;
    readonly bytesPerSecond: number;
    /** Part of the packets that is lost, and how long until one is sent again, ms; twice as long when it is lost again. */
    readonly loss?: { readonly part: number; readonly againMs: number };
    /** Every connection is cut, again and again, after this time (if it carried so many bytes) or when it carried so many bytes to the server. */
    readonly cut: { readonly everyMs: number; readonly ifBytes?: number } | { readonly everyBytes: number };
};

export type BadLine = {
    readonly url: string;
    /** What left the client on the line, heads of requests as well but not what TCP repeats, and what of it came out at the server. */
    readonly count: { sent: number; arrived: number; cuts: number; standstills: number };
    close(): Promise<void>;
};

const PACKET = 16 * 1024;

/** A line to a server: `target` is its address, `listen` a port of the loopback address or a socket file. */
export async function badLine(target: string, badness: Badness, listen: number | string = 0): Promise<BadLine> {
    const { hostname, port } = new URL(target);
    const count: BadLine['count'] = { sent: 0, arrived: 0, cuts: 0, standstills: 0 };
    const chance = drawing(badness.loss?.part ?? 0, badness.loss?.againMs ?? 0, () => {
        count.standstills += 1;
    });
    const open = new Set<(ifBytes?: number) => void>();
    const sockets = new Set<Socket>();
    // Each side ends when it likes, as without a line between.
    const server = createServer({ allowHalfOpen: true }, (client) => {
        const upstream = connect({ port: Number(port), host: hostname, allowHalfOpen: true });
        for (const socket of [client, upstream]) {
            sockets.add(socket);
            socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
        }
        let carried = 0;
        let cutOff = false;
        const cut = (ifBytes = 0): void => {
            if (cutOff || carried < ifBytes) return;
            cutOff = true;
            open.delete(cut);
            count.cuts += 1;
            reset(client);
            // Of every second cut the server hears nothing: to it the line stands still until it gives up or somebody takes over.
            if (count.cuts % 2 === 0) upstream.pause();
            else reset(upstream);
        };
        open.add(cut);
        const isCut = (): boolean => cutOff;
        carry(client, upstream, badness, chance, isCut, {
            taken: (bytes) => {
                count.sent += bytes;
            },
            given: (bytes) => {
                count.arrived += bytes;
                carried += bytes;
                if ('everyBytes' in badness.cut && carried >= badness.cut.everyBytes) cut();
            },
        });
        carry(upstream, client, badness, chance, isCut, { taken: () => undefined, given: () => undefined });
        client.on('close', () => open.delete(cut));
    });
    const cutAll = (ifBytes?: number): void => {
        for (const cut of [...open]) cut(ifBytes);
    };
    const { cut: when } = badness;
    const cutting = 'everyMs' in when ? setInterval(() => cutAll(when.ifBytes), when.everyMs) : undefined;
    await new Promise<void>((resolve) =>
        typeof listen === 'string' ? server.listen(listen, resolve) : server.listen(listen, '127.0.0.1', resolve),
    );
    const address = server.address();
    return {
        url: typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '',
        count,
        close() {
            clearInterval(cutting);
            for (const socket of sockets) socket.destroy();
            return new Promise((resolve) => server.close(() => resolve()));
        },
    };
}

/** Only TCP can be reset, and only a side that has not said its end; where bytes are unread the system resets what is closed. */
const reset = (socket: Socket): unknown =>
    socket.remoteAddress === undefined || socket.writableEnded ? socket.destroy() : socket.resetAndDestroy();

/** How long a packet takes longer than it should, the same sequence in every run. */
function drawing(part: number, againMs: number, lost: () => void): () => number {
    let state = 20_200_042;
    const next = (): number => {
        state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
        return state / 2 ** 32;
    };
    return () => {
        let wait = 0;
        for (let again = againMs; next() < part; again *= 2) {
            wait += again;
            lost();
        }
        return wait;
    };
}

type Told = { taken(bytes: number): void; given(bytes: number): void };

/** What a sender's own computer holds for a line that is not free; it was not sent yet. */
const OUTBOX = 4 * PACKET;

/** One direction: packets leave one after the other as fast as the line takes them, and come out after its delay. */
function carry(from: Socket, to: Socket, badness: Badness, chance: () => number, isCut: () => boolean, told: Told): void {
    const [outbox, underway] = [new Timed(isCut), new Timed(isCut)];
    let [held, free] = [0, 0];
    const put = (piece: Buffer | undefined): void => {
        const length = piece?.length ?? 0;
        free = Math.max(free, performance.now()) + chance() + (length / badness.bytesPerSecond) * 1_000;
        outbox.at(free, () => {
            told.taken(length);
            held -= length;
            if (held < OUTBOX) from.resume();
            underway.at(performance.now() + badness.delayMs, () => {
                if (piece === undefined) to.end();
                else to.write(piece);
                told.given(length);
            });
        });
    };
    /** Comes behind all that was said before. */
    const putReset = (): void =>
        outbox.at(free, () => underway.at(performance.now() + badness.delayMs, () => to.destroyed || reset(to)));
    from.on('data', (bytes: Buffer) => {
        held += bytes.length;
        if (held >= OUTBOX) from.pause();
        for (let at = 0; at < bytes.length; at += PACKET) put(bytes.subarray(at, at + PACKET));
    });
    from.on('end', () => put(undefined));
    from.on('close', (failed) => {
        if ((failed || !from.readableEnded) && !isCut()) putReset();
    });
}

/** Things to do, each at its time and all in their order, until the line is cut. */
class Timed {
    readonly #isCut: () => boolean;
    readonly #waiting: { readonly due: number; readonly act: () => void }[] = [];
    #pending = false;

    constructor(isCut: () => boolean) {
        this.#isCut = isCut;
    }

    at(due: number, act: () => void): void {
        this.#waiting.push({ due, act });
        if (!this.#pending) this.#wait(due);
    }

    #wait(due: number): void {
        this.#pending = true;
        setTimeout(() => this.#act(), Math.max(0, due - performance.now()));
    }

    #act(): void {
        this.#pending = false;
        for (let next = this.#waiting[0]; next !== undefined && !this.#isCut(); next = this.#waiting[0]) {
            if (next.due > performance.now()) {
                this.#wait(next.due);
                return;
            }
            this.#waiting.shift();
            next.act();
        }
    }
}
