import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { benchBucket } from './bucket.ts';
import { benchDock } from './dock.ts';
import { benchDocuments } from './documents.ts';
import { benchFindings } from './findings.ts';
import { benchFollowing } from './following.ts';
import { benchIntake } from './intake.ts';
import { benchJudging } from './judging.ts';
import { benchLedger } from './ledger.ts';
import { benchPdf } from './pdf.ts';
import { benchPlayback } from './playback.ts';
import { benchPreview } from './preview.ts';
import { benchProof } from './proof.ts';
import { benchRecordings } from './recordings.ts';
import { benchRules } from './rules.ts';
import { benchSearch } from './search.ts';
import { benchSigning } from './signing.ts';
import { benchStart } from './start.ts';
import { benchStatistics } from './statistics.ts';
import { benchVerifier } from './verifier.ts';

/** `npm run bench [-- ledger signing proof intake bucket dock start search pdf preview documents playback recordings statistics findings rules judging following verifier]`: side by side in one run, printed as ratios. Results go into docs/measured.md by hand. */
const BENCHES: Readonly<Record<string, (folder: string) => Promise<void>>> = {
    ledger: benchLedger,
    signing: benchSigning,
    proof: benchProof,
    intake: benchIntake,
    bucket: benchBucket,
    dock: benchDock,
    start: benchStart,
    search: benchSearch,
    pdf: benchPdf,
    preview: benchPreview,
    documents: benchDocuments,
    playback: benchPlayback,
    recordings: benchRecordings,
    statistics: benchStatistics,
    findings: benchFindings,
    rules: benchRules,
    judging: benchJudging,
    following: benchFollowing,
    verifier: benchVerifier,
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHES, name));
if (unknown.length > 0) {
    console.error(`there is no bench ${unknown.join(', ')}; there are ${Object.keys(BENCHES).join(', ')}`);
    process.exit(2);
}
console.log(
    `${new Date().toISOString().slice(0, 10)} · Node ${process.version} · ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'} · ${Math.round(totalmem() / 2 ** 30)} GiB`,
);
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHES)) {
    const folder = await mkdtemp(join(process.env.LIUHEN_BENCH_FOLDER ?? tmpdir(), `liuhen-bench-${name}-`));
    // The database's own user has to get through.
    await chmod(folder, 0o711);
    try {
        await BENCHES[name]?.(folder);
    } finally {
        await rm(folder, { recursive: true, force: true });
    }
}
