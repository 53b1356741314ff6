import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { COMPILE_CACHE } from '../apps/server/src/testing/compile-cache.ts';
import { ensureDebianPackages, exists } from './debian.ts';
import { FAULT_CASES } from './fault-cases.ts';
import { run } from './run.ts';

const DEBIAN_POSTGRES = '/usr/lib/postgresql/15/bin/postgres';
type Report = {
    numPassedTests: number;
    numFailedTests: number;
    numPendingTests: number;
    numTodoTests: number;
    testResults: {
        name: string;
        status: string;
        message: string;
        assertionResults: { fullName: string; status: string; failureMessages: string[] }[];
    }[];
};
const OF_THE_BUCKET = ['bucket', 'bucket-nodes', 'bucket-discs'].map((name) => `apps/server/src/faults/${name}.test.ts`);
const OVER_MINUTES = ['hammer', 'proofs'].map((name) => `apps/server/src/faults/${name}.heavy.test.ts`);
const isHeavy = (file: string): boolean => file.endsWith('.heavy.test.ts');
const isFeature = (file: string): boolean => file.startsWith('apps/server/') && !isHeavy(file);
type Totals = { passed: number; failed: number; skipped: number };

/** A feature test waits for a database, a disk or a child for a good part of its time: one file more than there are processors. */
const FEATURE = ['--project', 'feature', '--maxWorkers', String(availableParallelism() + 1)];
/** A page waits for its server, that for its database: one journey alone leaves a good part of two processors idle. */
const JOURNEYS = ['--project', 'e2e', '--maxWorkers', String(Math.min(2, availableParallelism()))];
/** The runner would keep a processor for itself, and of two leave one to the tests. */
const UNIT = ['--project', 'unit', '--maxWorkers', String(availableParallelism())];

const heavy = process.argv.includes('--heavy');
const faults = process.argv.includes('--faults');
const totals: Totals = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];

await ensureDebianPackages();
if (heavy) {
    // One after the other: each wants the machine for itself, and says what it measured.
    await suite('heavy tests', ['--project', 'heavy', '--no-file-parallelism']);
} else if (faults) {
    await suite('faults of the witness', ['--project', 'unit', ...filesOfFaults((file) => file.startsWith('apps/witness/'))]);
    await sayWhetherCeph();
    await suite('faults', [...FEATURE, ...filesOfFaults(isFeature)]);
    await step('web pages built', ['apps/server/src/web-build.ts']);
    await suite('faults seen in a browser', ['--project', 'e2e', ...filesOfFaults((file) => file.startsWith('e2e/'))]);
    await suite('faults over minutes', [
        '--project',
        'heavy',
        '--no-file-parallelism',
        ...filesOfFaults(isHeavy),
        ...OVER_MINUTES,
    ]);
} else {
    await step('types, lint, import law, generated files', ['tools/check.ts', '--without-tests']);
    await step('web pages built', ['apps/server/src/web-build.ts']);
    await suite('unit tests', UNIT);
    await sayWhetherPython();
    await sayWhetherCeph();
    await suite('feature tests on the embedded PostgreSQL', FEATURE);
    await featureTestsOnDebian();
    await suite('browser journeys', JOURNEYS);
}
for (const failure of failures) console.log(`failed: ${failure}`);
console.log(`${totals.passed} passed, ${totals.failed} failed${totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''}`);
process.exit(failures.length === 0 && totals.failed === 0 ? 0 : 1);

/** Files of the tests that show the cases, and those of the store in a bucket, which has cases of its own. */
function filesOfFaults(wanted: (file: string) => boolean): string[] {
    const files = FAULT_CASES.flatMap(({ shown }) => shown.map(([file]) => file));
    return [...new Set([...files, ...OF_THE_BUCKET])].filter(wanted);
}

/** The same feature tests on the oldest version we support. Its absence is said aloud, and fails where it is required. */
async function featureTestsOnDebian(): Promise<void> {
    if (await exists(DEBIAN_POSTGRES)) {
        await suite("feature tests on Debian's PostgreSQL 15", FEATURE, {
            LIUHEN_TEST_POSTGRES: '15',
        });
        return;
    }
    console.log(
        "Debian's PostgreSQL 15 is not installed (apt-get install postgresql-15): the feature tests ran on the embedded one only",
    );
    if (process.env.LIUHEN_REQUIRE_POSTGRES_15 === '1') failures.push("Debian's PostgreSQL 15 is missing");
}

/** The third implementation of a draw is in Python: without it a test is skipped, which is said aloud and fails where it is required. */
async function sayWhetherPython(): Promise<void> {
    // Not there at all is an error of the start, not an exit code.
    if ((await run('python3', ['--version']).catch(() => 1)) === 0) return;
    console.log('python3 is not installed: docs/draw-check.py was not compared with a revealed draw');
    if (process.env.LIUHEN_REQUIRE_PYTHON === '1') failures.push('python3 is missing');
}

/** The store of objects is tested against a real gateway: without it those tests are skipped, which is said aloud and fails where it is required. */
async function sayWhetherCeph(): Promise<void> {
    if (process.getuid?.() === 0 && (await exists('/usr/bin/radosgw')) && (await exists('/usr/bin/ceph-osd'))) return;
    console.log(
        'No S3 gateway to test with (as root: apt-get install ceph-mon ceph-osd ceph-mgr ceph-common radosgw): the store in a bucket was not tested',
    );
    if (process.env.LIUHEN_REQUIRE_CEPH === '1') failures.push('the S3 gateway is missing');
}

async function step(name: string, args: string[]): Promise<void> {
    console.log(`\n— ${name}`);
    if ((await run(process.execPath, args)) !== 0) failures.push(name);
}

async function suite(name: string, args: string[], env: Record<string, string> = {}): Promise<void> {
    console.log(`\n— ${name}`);
    const folder = await mkdtemp(join(tmpdir(), 'liuhen-results-'));
    try {
        const report = join(folder, 'report.json');
        const code = await run(
            process.execPath,
            [
                'node_modules/vitest/vitest.mjs',
                'run',
                ...args,
                '--reporter',
                'default',
                '--reporter',
                'json',
                `--outputFile.json=${report}`,
            ],
            { env: { ...COMPILE_CACHE, ...env } },
        );
        if (code !== 0) failures.push(name);
        await count(report, name);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}

/** A suite without a report, or one that ran nothing, is a failure, not a success. */
async function count(report: string, name: string): Promise<void> {
    if (!(await exists(report))) {
        failures.push(`${name}: no report`);
        return;
    }
    const result = JSON.parse(await readFile(report, 'utf8')) as Report;
    totals.passed += result.numPassedTests;
    totals.failed += result.numFailedTests;
    totals.skipped += result.numPendingTests + result.numTodoTests;
    if (result.numPassedTests + result.numFailedTests === 0) failures.push(`${name}: no test ran`);
    failures.push(...namesOfFailed(result));
}

/** Said once more at the very end: of a long run often nobody keeps more than that. */
function namesOfFailed({ testResults }: Report): string[] {
    return testResults.flatMap((file) => {
        const name = relative(process.cwd(), file.name);
        const failed = file.assertionResults.filter(({ status }) => status === 'failed');
        if (failed.length === 0) return file.status === 'failed' ? [`${name}: ${firstLine(file.message)}`] : [];
        return failed.map((test) => `${name} > ${test.fullName}: ${firstLine(test.failureMessages[0])}`);
    });
}

function firstLine(message = ''): string {
    return (message.split('\n')[0] ?? '').slice(0, 300);
}
