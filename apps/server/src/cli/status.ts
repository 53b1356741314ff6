import { fill } from '@liuhen/contract';
import { connectTo } from './client.ts';
import { EXIT, type Io } from './io.ts';
import { readOptions, refuseArguments, serverAddress } from './options.ts';
import { cliWords } from './words.ts';

/** `liuhen status`: whether the server answers, can work, and has been set up. */
export async function status(args: readonly string[], io: Io): Promise<number> {
    const words = cliWords[io.language];
    const { values, positionals } = readOptions(args, { server: { type: 'string' } } as const, words);
    refuseArguments(positionals, words);
    const server = serverAddress(values.server, words);
    const notReady = (reason: string) => {
        io.err(fill(words.notReady, { server: server.origin, reason }));
        return EXIT.failed;
    };
    const unreachable = (sentence: string) => {
        io.err(fill(sentence, { server: server.origin }));
        return EXIT.unreachable;
    };
    let ready: Response;
    try {
        ready = await fetch(`${server.origin}/readyz`, { signal: AbortSignal.any([io.signal, AbortSignal.timeout(10_000)]) });
    } catch {
        return unreachable(words.unreachable);
    }
    const answer = (await ready.text()).slice(0, 200);
    if (!ready.ok) return ready.status === 404 ? unreachable(words.notLiuhen) : notReady(answer);
    try {
        const { needed } = await connectTo(server).client.call('setup.state', {});
        if (needed) return notReady(words.notSetUp);
    } catch {
        return unreachable(words.notLiuhen);
    }
    io.out(fill(words.ready, { server: server.origin }));
    return EXIT.ok;
}
