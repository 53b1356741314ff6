import { errorText, fill, isErrorCode } from '@liuhen/contract';
import { DomainError } from '@liuhen/domain';
import { readConfig } from '../platform/config.ts';
import { readAnchors } from '../platform/time-stamp/http-time-stamper.ts';
import { formatBytes } from '../verify/format-bytes.ts';
import type { Progress } from '../verify/report.ts';
import { reportJson, reportText, verificationWords } from '../verify/report-text.ts';
import { verifyInstallation } from '../verify/verify-installation.ts';
import { type Io, UsageError } from './io.ts';
import { readOptions, refuseArguments } from './options.ts';
import { cliWords } from './words.ts';

const OPTIONS = {
    data: { type: 'string' },
    'database-url': { type: 'string' },
    key: { type: 'string', multiple: true },
    sample: { type: 'string' },
    json: { type: 'boolean' },
} as const;

const EXIT_BY_OUTCOME = { sound: 0, wrong: 1, incomplete: 2 } as const;
const UNREADABLE = 3;

/** `liuhen verify`: the whole log and every stored file, in words. */
export async function verify(args: readonly string[], io: Io): Promise<number> {
    const words = cliWords[io.language];
    const { values, positionals } = readOptions(args, OPTIONS, words);
    refuseArguments(positionals, words);
    const sample = sampleOf(values.sample, io);
    try {
        const config = readConfig(io.env, values.data === undefined ? {} : { dataFolder: values.data });
        const databaseUrl = values['database-url'] ?? config.databaseUrl;
        const report = await verifyInstallation({
            dataFolder: config.dataFolder,
            ...(databaseUrl === undefined ? {} : { databaseUrl }),
            bucket: config.bucket,
            anchors: config.timeStampAuthority === undefined ? undefined : await readAnchors(config.timeStampAuthority.rootsFile),
            keyFiles: values.key ?? [],
            sample,
            onProgress: progressLine(io),
            signal: io.signal,
        });
        io.progress('');
        for (const line of values.json === true ? [reportJson(report)] : reportText(report, io.language)) io.out(line);
        return EXIT_BY_OUTCOME[report.outcome];
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        io.progress('');
        io.err(fill(words.unreadable, { reason: reasonOf(error, io) }));
        return UNREADABLE;
    }
}

/** `5%` or `5`, as a part of 1. */
function sampleOf(given: string | undefined, io: Io): number {
    if (given === undefined) return 1;
    const percent = /^(\d{1,3}(?:\.\d+)?)%?$/.exec(given)?.[1];
    if (percent === undefined || Number(percent) > 100) throw new UsageError(cliWords[io.language].badSample);
    return Number(percent) / 100;
}

function progressLine(io: Io): (progress: Progress) => void {
    const words = verificationWords[io.language].progress;
    return (progress) => {
        const shown = (value: bigint) => (progress.step === 'files' ? formatBytes(value) : String(value));
        io.progress(fill(words[progress.step], { read: shown(progress.read), size: shown(progress.size) }));
    };
}

function reasonOf({ code, params }: DomainError, io: Io): string {
    const own = cliWords[io.language].verify[code];
    if (own !== undefined) return fill(own, params);
    return isErrorCode(code) ? errorText(io.language, code, params) : `${code} ${JSON.stringify(params)}`;
}
