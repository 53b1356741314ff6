import { fill } from '@liuhen/contract';
import { EXIT, type Io } from './io.ts';
import { languageOf, takeLanguage } from './language.ts';
import { refuse, run } from './run.ts';
import { terminalIo } from './terminal.ts';
import { cliWords } from './words.ts';

/** `npm run liuhen -- <command>`. */
async function main(): Promise<number> {
    const { asked, rest } = takeLanguage(process.argv.slice(2));
    const known = languageOf(asked, process.env);
    const io: Io = terminalIo(known ?? 'zh-CN', stopOnSignal());
    if (known === undefined) return refuse(io, fill(cliWords[io.language].badLanguage, { language: asked ?? '' }), EXIT.usage);
    return run(rest, io);
}

/** The first signal ends the command in order, a second one at once. */
function stopOnSignal(): AbortSignal {
    const stop = new AbortController();
    const end = () => {
        if (stop.signal.aborted) process.exit(EXIT.failed);
        stop.abort();
    };
    process.on('SIGINT', end);
    process.on('SIGTERM', end);
    return stop.signal;
}

// A process that runs out of things to wait for has not done its work.
process.exitCode = EXIT.failed;
main().then(
    (code) => {
        // Not process.exit: what was printed into a pipe has to get there.
        process.exitCode = code;
        process.stdin.unref?.();
    },
    (error: unknown) => {
        console.error(error);
        process.exitCode = EXIT.failed;
    },
);
