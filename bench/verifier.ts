import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, open, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { goldenFiles, goldenPolicy } from '../e2e/golden-package.ts';
import { formatManifest, type PackageFile, parseManifest, sortPackageFiles } from '../packages/domain/src/index.ts';
import { verifyPage, verifyProgram } from '../tools/verify-page.ts';
import { median, printTable, type Row } from './table.ts';

/** Bytes of the large file. */
const SIZE = Number(process.env.LIUHEN_BENCH_BYTES ?? 2 ** 30);
const ROUNDS = 5;

/**
 * A package with a file of 1 GiB: the verifiers of the command line and of the page against `openssl dgst` on the same files, turn about.
 * All of them read from the same memory of the system: what is measured is the digest and what goes around it.
 */
export async function benchVerifier(folder: string): Promise<void> {
    const at = (name: string) => join(folder, name);
    const [large, small, policy, html, program] = [
        at('large'),
        at('small'),
        at('policy.txt'),
        at('verify.html'),
        at('liuhen-verify.mjs'),
    ];
    await writePackage(small);
    const paths = await writePackage(large, SIZE);
    await writeFile(policy, goldenPolicy());
    await writeFile(html, await verifyPage());
    await writeFile(program, await verifyProgram());
    const times: Record<'openssl' | 'start' | 'cli' | 'sm3' | 'page', number[]> = {
        openssl: [],
        start: [],
        cli: [],
        sm3: [],
        page: [],
    };
    const cli = (path: string, ...more: string[]) => timed(process.execPath, [program, path, '--policy', policy, ...more]);
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
    try {
        for (let round = 0; round < ROUNDS; round++) {
            times.openssl.push(await timed('openssl', ['dgst', '-sha256', ...paths]));
            times.cli.push(await cli(large));
            times.start.push(await cli(small));
            times.page.push(await inPage(browser, { html, policy, large }));
            if (round < 2) times.sm3.push(await cli(large, '--sm3'));
        }
    } finally {
        await browser.close();
    }
    const [openssl, start, whole, sm3, page] = (['openssl', 'start', 'cli', 'sm3', 'page'] as const).map((name) =>
        median(times[name]),
    ) as [number, number, number, number, number];
    const rate = (ms: number) => `${(SIZE / 1000 / ms).toFixed(0)} MB/s`;
    const rows: Row[] = [
        row('liuhen-verify, SHA-256, start of the program included', whole, 0.9),
        row(`the same without its start (${start.toFixed(0)} ms, with a small package)`, whole - start, 0.9),
        row('liuhen-verify --sm3, SHA-256 and SM3', sm3),
        {
            what: 'verify.html in Chromium',
            value: `${page.toFixed(0)} ms, ${rate(page)}`,
            wanted: '≥ 150 MB/s',
            met: SIZE / 1000 / page >= 150,
        },
    ];
    printTable(`A package with a file of ${(SIZE / 2 ** 20).toFixed(0)} MiB, verified (medians of ${ROUNDS} rounds)`, rows);

    function row(what: string, ms: number, wanted?: number): Row {
        const ratio = openssl / ms;
        return {
            ...{ what, value: `${ms.toFixed(0)} ms, ${rate(ms)}`, ratio },
            against: `openssl dgst -sha256: ${openssl.toFixed(0)} ms, ${rate(openssl)}`,
            ...(wanted === undefined ? {} : { wanted: `≥ ${wanted}`, met: ratio >= wanted }),
        };
    }
}

/** The golden package, with one more file of `size` bytes where that is given. Gives the paths of all files. */
async function writePackage(folder: string, size = 0): Promise<string[]> {
    const files = goldenFiles('sound, without a receipt');
    const paths: string[] = [];
    for (const { name, bytes } of files) {
        await mkdir(dirname(join(folder, name)), { recursive: true });
        await writeFile(join(folder, name), bytes);
        paths.push(join(folder, name));
    }
    if (size === 0) return paths;
    const name = 'documents/large.bin';
    await mkdir(join(folder, 'documents'));
    const file = await open(join(folder, name), 'w');
    const sum = createHash('sha256');
    const piece = Buffer.from(Array.from({ length: 1 << 20 }, (_, at) => (at * 167 + (at >> 8)) & 0xff));
    for (let done = 0; done < size; done += piece.length) {
        piece.writeUInt32LE(done / piece.length, 0);
        sum.update(piece);
        await file.write(piece);
    }
    await file.close();
    const manifest = parseManifest(files.find((each) => each.name === 'manifest.json')?.bytes ?? new Uint8Array(0));
    const added: PackageFile = { path: name, size: String(size), sha256: sum.digest('hex') };
    const listed = { ...manifest, files: sortPackageFiles([...manifest.files, added]) };
    await writeFile(join(folder, 'manifest.json'), formatManifest(listed));
    return [...paths, join(folder, name)];
}

/** Milliseconds of a program that must end well. */
async function timed(program: string, args: readonly string[]): Promise<number> {
    const begun = performance.now();
    const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
    const code = await new Promise((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`${program} ended with ${code}`);
    return performance.now() - begun;
}

/** Milliseconds from the choice of the folder until the page says that it is valid. */
async function inPage(
    browser: Awaited<ReturnType<typeof chromium.launch>>,
    { html, policy, large }: { html: string; policy: string; large: string },
): Promise<number> {
    const page = await browser.newPage();
    try {
        await page.goto(`file://${html}`);
        await page.setInputFiles('#policy', policy);
        const begun = performance.now();
        await page.setInputFiles('#folder', large);
        await page.locator('#result h2.valid').waitFor({ timeout: 120_000 });
        return performance.now() - begun;
    } finally {
        await page.close();
    }
}
