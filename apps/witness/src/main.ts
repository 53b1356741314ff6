import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import { formatVerifierKey } from '@liuhen/domain';
import { witnessServer } from './http.ts';
import { KeptCheckpoints } from './kept-checkpoints.ts';
import { readKnownLogs } from './known-logs.ts';
import { Mirror } from './mirror.ts';
import { holdFolder } from './only-one.ts';
import { languageOf, type Options, readOptions, UsageError } from './options.ts';
import { Refusal } from './refusal.ts';
import { Witness } from './witness.ts';
import { openWitnessKey } from './witness-key.ts';
import { fillIn, type WitnessWords, witnessWords } from './words.ts';

/** `npm run witness`: starts, says where and whom it witnesses, and runs until a signal ends it. */
async function main(options: Options, words: WitnessWords): Promise<void> {
    if (options.logs.length === 0) throw new Refusal('logsNone');
    await mkdir(options.folder, { recursive: true, mode: 0o700 });
    await holdFolder(options.folder);
    let logs = await readKnownLogs(options.logs);
    const key = await openWitnessKey(options.folder, options.name);
    const kept = new KeptCheckpoints(options.folder, key.key);
    const latest = await kept.readAll();
    const complain = (error: unknown) =>
        console.error(
            error instanceof Refusal
                ? fillIn(words.refusals[error.code], error.params)
                : fillIn(words.failed, { reason: String((error as Error).message) }),
        );
    const now = () => BigInt(Math.floor(Date.now() / 1000));
    const witness = new Witness({
        ...{ key, kept, latest, logs: () => logs },
        now,
        onAlarm: ({ origin, reason }) => console.error(fillIn(words.alarms[reason], { origin })),
    });
    const mirrorKey = options.mirror ? await openWitnessKey(options.folder, `${key.key.name}/mirror`, 'mirror') : undefined;
    const mirror =
        mirrorKey === undefined
            ? undefined
            : await Mirror.open({ folder: options.folder, key: mirrorKey, logs: () => logs, kept, now });
    const verifier = formatVerifierKey(key.key);
    const server = witnessServer({
        ...{ verifier, mirror, onFailure: complain },
        addCheckpoint: (body) => witness.addCheckpoint(body),
        latest: (originHash) => kept.latest(originHash),
    });
    const url = await listen(server, options);
    console.log(fillIn(words.key, { key: verifier }));
    if (mirrorKey !== undefined) console.log(fillIn(words.mirrorKey, { key: formatVerifierKey(mirrorKey.key) }));
    console.log(fillIn(words.logs, { count: String(logs.size) }));
    for (const origin of logs.keys()) console.log(fillIn(words.log, { origin, size: String(latest.get(origin)?.size ?? 0) }));
    for (const origin of mirror?.origins() ?? [])
        console.log(fillIn(words.mirrored, { origin, size: String(mirror?.sizeOf(origin) ?? 0) }));
    process.on('SIGHUP', () => {
        // A file with a mistake in it does not end the witness: it goes on with what it knew.
        readKnownLogs(options.logs).then((read) => {
            logs = read;
            console.log(words.reread);
        }, complain);
    });
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
        process.once(signal, () => {
            server.close();
            server.closeIdleConnections();
        });
    // Last: whoever reads it may send signals.
    console.log(fillIn(words.ready, { url }));
}

function listen(server: Server, { host, port }: Options): Promise<string> {
    return new Promise((resolve, reject) => {
        server.once('error', (error: NodeJS.ErrnoException) =>
            reject(new Refusal('listen', { address: `${host}:${port}`, reason: error.code ?? error.message })),
        );
        server.listen(port, host, () => {
            const address = server.address();
            const at = typeof address === 'object' && address !== null ? address.port : port;
            resolve(`http://${host.includes(':') ? `[${host}]` : host}:${at}`);
        });
    });
}

const args = process.argv.slice(2);
const language = languageOf(args, process.env);
const words = witnessWords[language];
try {
    const options = readOptions(args, process.env, language);
    if (options.help) console.log(words.help);
    else await main(options, words);
} catch (error) {
    if (error instanceof UsageError) console.error(fillIn(words.usage, { problem: error.message }));
    else if (error instanceof Refusal) console.error(fillIn(words.refusals[error.code], error.params));
    else console.error(error);
    // Not process.exit: what was printed into a pipe has to get there.
    process.exitCode = error instanceof UsageError ? 2 : 1;
}
