#!/usr/bin/env node
import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import {
    DomainError,
    judgeCampaignRecord,
    judgeReading,
    PackageReading,
    type PackageTools,
    type PackageVerdict,
    parsePolicy,
    type RecordVerdict,
    unreadableRecord,
} from '@liuhen/domain';
import { certificateCrypto } from './certificate-crypto.ts';
import { verifierDigest } from './digest.ts';
import { judgeGrowth } from './growth.ts';
import { inOrder, openPackage, recordIn } from './node-files.ts';
import { nodeHasher } from './node-hasher.ts';
import { recordJson, recordLines } from './record-report.ts';
import { reportLines } from './report.ts';
import { unreadableText } from './unreadable.ts';
import { verifyWithKey } from './verify-with-key.ts';
import { en } from './words.en.ts';
import { zhCN } from './words.zh-CN.ts';

/**
 * `liuhen-verify PACKAGE …` judges a package, `liuhen-verify DISC1 DISC2 …` one on several discs, `liuhen-verify RECORD` the sample of an
 * inspection; which of them it is, the file itself says. With `--older` it judges a proof that a log only grew since a kept checkpoint.
 */
const EXIT: Readonly<Record<PackageVerdict['result'], number>> = { valid: 0, invalid: 1, incomplete: 2, unreadable: 3 };
const USAGE = `liuhen-verify PACKAGE|DISC… [--policy FILE] [--json] [--sm3] [--lang zh-CN|en]
liuhen-verify RECORD [--policy FILE] [--json] [--lang zh-CN|en]
liuhen-verify PROOF --older CHECKPOINT --policy FILE [--lang zh-CN|en]
`;

/** Fit for JSON: numbers that may pass 2^53 as decimal text, bytes in base 16. */
const plain = (_: string, value: unknown): unknown => {
    if (typeof value === 'bigint') return String(value);
    return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
};

const readArguments = (args: readonly string[]) =>
    parseArgs({
        args: [...args],
        allowPositionals: true,
        options: {
            policy: { type: 'string' },
            older: { type: 'string' },
            json: { type: 'boolean' },
            sm3: { type: 'boolean' },
            lang: { type: 'string', default: 'zh-CN' },
        },
    });

async function judge({ values, positionals }: ReturnType<typeof readArguments>): Promise<number> {
    const [path] = positionals;
    if (path === undefined) throw new Error(USAGE);
    const policy = values.policy === undefined ? undefined : parsePolicy(verifierDigest.sha256, await readFile(values.policy));
    if (values.older !== undefined) {
        // Without keys from elsewhere nothing is known of who signed.
        if (policy === undefined || positionals.length > 1) throw new Error(USAGE);
        const { result, lines } = await judgeGrowth(await readFile(path), await readFile(values.older), policy, values.lang);
        process.stdout.write(`${lines.join('\n')}\n`);
        return EXIT[result];
    }
    const words = values.lang === 'en' ? en : zhCN;
    const tools: PackageTools = {
        digest: verifierDigest,
        sha256: () => nodeHasher('sha256'),
        ...(values.sm3 === true ? { sm3: () => nodeHasher('sm3') } : {}),
        verify: verifyWithKey,
        certificates: certificateCrypto,
        ...(policy === undefined ? {} : { policy }),
    };
    const say = (result: PackageVerdict['result'], verdict: object, lines: readonly string[]): number => {
        process.stdout.write(values.json === true ? `${JSON.stringify(verdict, plain, 2)}\n` : `${lines.join('\n')}\n`);
        return EXIT[result];
    };
    const sample = positionals.length === 1 ? await judgeRecordIn(path, tools) : undefined;
    if (sample !== undefined) return say(sample.result, recordJson(sample), recordLines(sample, words));
    const reading = new PackageReading(tools);
    for (const each of await inOrder(positionals)) {
        const files = await openPackage(each, words.mountFirst);
        try {
            await reading.add(files);
        } finally {
            await files.close();
        }
    }
    const verdict = await judgeReading(reading, tools);
    return say(verdict.result, verdict, reportLines(verdict, words));
}

/** The verdict on the record of a sample; undefined where the file does not begin like one. */
async function judgeRecordIn(path: string, tools: PackageTools): Promise<RecordVerdict | undefined> {
    try {
        const bytes = await recordIn(path);
        return bytes === undefined ? undefined : await judgeCampaignRecord(bytes, tools);
    } catch (error) {
        if (error instanceof DomainError) return unreadableRecord(error);
        throw error;
    }
}

/** Whatever keeps the package from being read, its ZIP, the disk or the arguments, is the same to a script. */
async function main(args: readonly string[]): Promise<number> {
    let read: ReturnType<typeof readArguments> | undefined;
    try {
        read = readArguments(args);
        return await judge(read);
    } catch (error) {
        const reason = unreadableText(error, read?.values.lang === 'en' ? en : zhCN);
        process.stderr.write(`${reason}\n`);
        if (read?.values.json === true && read.positionals.length > 0) {
            const code = error instanceof DomainError ? { code: error.code } : {};
            process.stdout.write(`${JSON.stringify({ result: 'unreadable', reason, ...code }, plain, 2)}\n`);
        }
        return EXIT.unreadable;
    }
}

process.exitCode = await main(process.argv.slice(2));
