import {
    judgeCampaignRecord,
    judgeReading,
    PackageReading,
    type PackageTools,
    type PackageVerdict,
    parsePolicy,
    type RecordVerdict,
    volumeOf,
} from '@liuhen/domain';
import { certificateCrypto } from '../certificate-crypto.ts';
import { verifierDigest } from '../digest.ts';
import { discText, factsOf, findingLines, itemFacts, standingOf } from '../report.ts';
import { sha256Stream } from '../sha256-stream.ts';
import { unreadableText } from '../unreadable.ts';
import { verifyWithKey } from '../verify-with-key.ts';
import { en } from '../words.en.ts';
import type { Words } from '../words.ts';
import { zhCN } from '../words.zh-CN.ts';
import { chosenPackage, chosenRecord } from './blob-files.ts';
import { digestThreads } from './digest-thread.ts';
import { element, factList, listOf } from './elements.ts';
import { recordView } from './record-view.ts';

/** A disk feeds no more than so many. */
const MOST_THREADS = 4;

/** The page: files are chosen or dropped, read in pieces, and nothing leaves the computer. All text is set as text. */
type State = {
    words: Words;
    /** What was read so far; of several discs, all that were chosen. */
    reading?: PackageReading;
    policy?: Uint8Array;
    verdict?: PackageVerdict;
    /** The record of a sample, where that was chosen and no package. */
    record?: Uint8Array;
    sample?: RecordVerdict;
    failure?: unknown;
};
const state: State = { words: zhCN };

let last: Promise<void> = Promise.resolve();
/** One after the other: what is chosen while something else is read or judged comes next, and is not lost. */
function inTurn(work: () => Promise<void>): Promise<void> {
    last = last.then(work);
    return last;
}

const byId = (id: string): HTMLElement => {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`no ${id}`);
    return found;
};

/** Texts that stand in the page in both languages are shown in one. */
function showLanguage(): void {
    document.documentElement.lang = state.words === en ? 'en' : 'zh-CN';
    document.title = state.words.title;
    show();
}

function show(): void {
    const out = byId('result');
    out.replaceChildren();
    const { verdict, sample, failure, words } = state;
    if (failure !== undefined) {
        out.append(
            element('h2', words.results.unreadable, 'unreadable'),
            element('p', `${words.unreadable}${unreadableText(failure, words)}`),
        );
        return;
    }
    if (sample !== undefined) out.append(...recordView(sample, words));
    if (verdict === undefined) return;
    if (verdict.discs !== undefined) out.append(discsOf(verdict.discs));
    out.append(element('h2', words.results[verdict.result], verdict.result), element('p', words.resultMeans[verdict.result]));
    // What is wrong comes first: there may be hundreds of items.
    if (verdict.findings.length > 0) out.append(listOf(findingLines(verdict, words), `findings ${verdict.result}`));
    out.append(factList(factsOf(verdict, words)));
    for (const item of verdict.items) {
        const standing = standingOf(item, verdict.result);
        const card = element('section', '', standing);
        const head = element('h3', item.item.name);
        head.append(element('span', words.item.standing[standing]));
        card.append(head, listOf(itemFacts(item, words.item)));
        out.append(card);
    }
    if (verdict.notProven.length > 0)
        out.append(element('h3', words.notProvenTitle), listOf(verdict.notProven.map((each) => words.notProven[each])));
}

/** Which discs are still to be chosen, before anything else is said. */
function discsOf(discs: NonNullable<PackageVerdict['discs']>): HTMLElement {
    const open = discs.missing.length + discs.again.length > 0;
    const note = element('section', '', open ? 'discs open' : 'discs');
    note.append(element('strong', discText(discs, state.words.discs)));
    return note;
}

/** Digests of files: in threads of the browser once there are some. */
let digests: { hasher: PackageTools['sha256']; count: number } = { hasher: sha256Stream, count: 1 };

const toolsOf = (policy: Uint8Array | undefined, bar?: HTMLProgressElement): PackageTools => ({
    digest: verifierDigest,
    sha256: digests.hasher,
    atOnce: digests.count,
    verify: verifyWithKey,
    certificates: certificateCrypto,
    ...(policy === undefined ? {} : { policy: parsePolicy(verifierDigest.sha256, policy) }),
    onBytes: (done, all) => {
        if (bar !== undefined) bar.value = all === 0n ? 1 : Number(done) / Number(all);
    },
});

/** What somebody chose: a package or a record, or the policy by which to judge; null where the policy was taken away. */
type Chosen = { files: readonly File[] } | { policy: File | null };

/** Reads what was chosen beside what was read before, and judges all of it. */
async function verify(chosenNow: Chosen): Promise<void> {
    const files = 'files' in chosenNow ? chosenNow.files : undefined;
    const bar = byId('progress') as HTMLProgressElement;
    lock(true);
    delete state.verdict;
    delete state.sample;
    delete state.failure;
    show();
    try {
        if ('policy' in chosenNow) await readPolicy(chosenNow.policy);
        if (files !== undefined) {
            delete state.record;
            const record = await chosenRecord(files);
            if (record !== undefined) {
                delete state.reading;
                state.record = record;
            }
        }
        if (state.record !== undefined) state.sample = await judgeCampaignRecord(state.record, toolsOf(state.policy));
        else if (files !== undefined) {
            const chosen = await chosenPackage(files, state.words.mountFirst);
            bar.hidden = false;
            // A disc goes on with what was read; anything else is a package of its own.
            const goesOn = state.reading?.discs !== undefined && (await volumeOf(chosen)) !== undefined;
            if (!goesOn || state.reading === undefined) state.reading = new PackageReading(toolsOf(undefined, bar));
            await state.reading.add(chosen);
        }
        if (state.reading !== undefined) state.verdict = await judgeReading(state.reading, toolsOf(state.policy));
    } catch (error) {
        // A file that was moved meanwhile, a ZIP of another form: nothing was verified, and that is what is said.
        state.failure = error;
        // Half of a disc may have been read: nothing is built on that.
        if (files !== undefined) delete state.reading;
    }
    lock(false);
    bar.hidden = true;
    byId('again').hidden = state.reading?.discs === undefined;
    show();
}

async function readPolicy(file: File | null): Promise<void> {
    delete state.policy;
    if (file !== null) state.policy = new Uint8Array(await file.arrayBuffer());
}

/** While files are read, nothing else is chosen. */
function lock(on: boolean): void {
    for (const id of ['zip', 'folder', 'policy']) (byId(id) as HTMLInputElement).disabled = on;
}

const filesOf = (input: EventTarget | null): File[] => [...((input as HTMLInputElement | null)?.files ?? [])];

/** `script` is the text of this script, which threads run as well. */
export function startPage(script: string): void {
    const count = Math.min(Math.max(navigator.hardwareConcurrency, 1), MOST_THREADS);
    try {
        digests = { hasher: digestThreads(script, count), count };
    } catch {
        // A browser that allows no threads here: slower, and the same digests.
    }
    for (const id of ['zip', 'folder'])
        byId(id).addEventListener('change', async ({ target }) => {
            const files = filesOf(target);
            if (files.length > 0) await inTurn(() => verify({ files }));
            // The next disc may be under the same name, and a choice that is the same is no change.
            (target as HTMLInputElement).value = '';
        });
    byId('policy').addEventListener('change', ({ target }) => inTurn(() => verify({ policy: filesOf(target)[0] ?? null })));
    byId('again').addEventListener('click', () =>
        inTurn(async () => {
            delete state.reading;
            delete state.verdict;
            delete state.failure;
            byId('again').hidden = true;
            show();
        }),
    );
    byId('language').addEventListener('click', () => {
        state.words = state.words === en ? zhCN : en;
        showLanguage();
    });
    byId('print').addEventListener('click', () => window.print());
    document.addEventListener('dragover', (event) => event.preventDefault());
    document.addEventListener('drop', (event) => {
        event.preventDefault();
        const [file] = event.dataTransfer?.files ?? [];
        if (file !== undefined) void inTurn(() => verify({ files: [file] }));
    });
    showLanguage();
}
