import { DomainError, judgePackage, type PackageVerdict, parsePolicy } from '@liuhen/domain';
import { certificateCrypto } from '../certificate-crypto.ts';
import { verifierDigest } from '../digest.ts';
import { factsOf, findingLines, itemFacts } from '../report.ts';
import { sha256Stream } from '../sha256-stream.ts';
import { verifyWithKey } from '../verify-with-key.ts';
import { en } from '../words.en.ts';
import type { Words } from '../words.ts';
import { zhCN } from '../words.zh-CN.ts';
import { chosenPackage } from './blob-files.ts';

/** The page: files are chosen or dropped, read in pieces, and nothing leaves the computer. All text is set as text. */
type State = { words: Words; files: readonly File[]; policy?: Uint8Array; verdict?: PackageVerdict; failure?: string };
const state: State = { words: zhCN, files: [] };

const byId = (id: string): HTMLElement => {
    const found = document.getElementById(id);
    if (found === null) throw new Error(`no ${id}`);
    return found;
};

function element(name: string, text: string, className = ''): HTMLElement {
    const made = document.createElement(name);
    made.textContent = text;
    if (className !== '') made.className = className;
    return made;
}

/** Texts that stand in the page in both languages are shown in one. */
function showLanguage(): void {
    document.documentElement.lang = state.words === en ? 'en' : 'zh-CN';
    document.title = state.words.title;
    show();
}

function show(): void {
    const out = byId('result');
    out.replaceChildren();
    const { verdict, failure, words } = state;
    if (failure !== undefined) {
        out.append(element('h2', words.results.unreadable, 'unreadable'), element('p', `${words.unreadable}${failure}`));
        return;
    }
    if (verdict === undefined) return;
    out.append(element('h2', words.results[verdict.result], verdict.result), element('p', words.resultMeans[verdict.result]));
    const facts = element('dl', '');
    for (const [name, value] of factsOf(verdict, words)) facts.append(element('dt', name), element('dd', value));
    out.append(facts);
    for (const item of verdict.items) {
        const card = element('section', '', item.holds ? 'holds' : 'fails');
        const head = element('h3', item.item.name);
        head.append(element('span', words.item.holds(item.holds)));
        card.append(head, listOf(itemFacts(item, words.item)));
        out.append(card);
    }
    if (verdict.findings.length > 0) out.append(listOf(findingLines(verdict, words), 'findings'));
    if (verdict.notProven.length > 0)
        out.append(element('h3', words.notProvenTitle), listOf(verdict.notProven.map((each) => words.notProven[each])));
}

function listOf(lines: readonly string[], className = ''): HTMLElement {
    const list = element('ul', '', className);
    list.append(...lines.map((line) => element('li', line)));
    return list;
}

async function verify(): Promise<void> {
    if (state.files.length === 0) return;
    const bar = byId('progress') as HTMLProgressElement;
    bar.hidden = false;
    delete state.verdict;
    delete state.failure;
    show();
    try {
        const policy = state.policy === undefined ? undefined : parsePolicy(verifierDigest.sha256, state.policy);
        state.verdict = await judgePackage(await chosenPackage(state.files), {
            digest: verifierDigest,
            sha256: sha256Stream,
            verify: verifyWithKey,
            certificates: certificateCrypto,
            ...(policy === undefined ? {} : { policy }),
            onBytes: (done, all) => {
                bar.value = all === 0n ? 1 : Number(done) / Number(all);
            },
        });
    } catch (error) {
        // A file that was moved meanwhile, a ZIP of another form: nothing was verified, and that is what is said.
        state.failure = error instanceof DomainError ? `${error.code} ${JSON.stringify(error.params)}` : String(error);
    }
    bar.hidden = true;
    show();
}

const filesOf = (input: EventTarget | null): File[] => [...((input as HTMLInputElement | null)?.files ?? [])];

function choose(files: readonly File[]): void {
    state.files = files;
    void verify();
}

for (const id of ['zip', 'folder']) byId(id).addEventListener('change', ({ target }) => choose(filesOf(target)));
byId('policy').addEventListener('change', async ({ target }) => {
    const [file] = filesOf(target);
    delete state.policy;
    if (file !== undefined) state.policy = new Uint8Array(await file.arrayBuffer());
    void verify();
});
byId('language').addEventListener('click', () => {
    state.words = state.words === en ? zhCN : en;
    showLanguage();
});
byId('print').addEventListener('click', () => window.print());
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer?.files ?? [];
    if (file !== undefined) choose([file]);
});
showLanguage();
