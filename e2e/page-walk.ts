import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { DOCUMENT_TYPE_IDS, documentTypeFacts, fieldsOf, TEMPLATES } from '@liuhen/domain';
import type { BrowserContext, Page } from 'playwright-core';
import { remote } from '../apps/server/src/testing/remote.ts';
import { openContext } from './browser.ts';
import { chineseBeside, contentWidth, dataFrom, raw, unfocused } from './page-checks.ts';
import type { Stop } from './page-table.ts';

const AXE = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** A folder for a picture of every page in every form, where somebody wants to look at them. */
const PICTURES = process.env.LIUHEN_PICTURES;

/** Words of files and parameters that are typed as they stand, and so are quoted as they stand. */
const QUOTED = ['统一社会信用代码', '任务编号', '任务名称', '单位名称', '完成期限', '地址', '备注']
    .concat(['执法前｜', '执法中｜', '执法后｜', '｜应当', '｜可以'])
    .concat(['个体工商户', '单位', '个人', '其他：']);

/** Names of documents and of their fields: statutory, and Chinese in every language. */
const STATUTORY = [
    ...new Set([
        ...DOCUMENT_TYPE_IDS.map((type) => documentTypeFacts(type).zh),
        ...TEMPLATES.flatMap((template) => fieldsOf(template).map(({ label }) => label)),
    ]),
].toSorted((a, b) => b.length - a.length);

export const DESK = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
/** How many pages are walked at once: waiting for a server costs the browser nothing. */
const AT_ONCE = 4;

/** What was found, by page and form; empty when all is well. */
export type Findings = Record<string, string[]>;

/** One of the pages on which a walk looks at the stops, with what its console said and what its server gave. */
export type Eyes = {
    readonly page: Page;
    readonly said: string[];
    readonly data: Set<string>;
    readonly stop: Stop;
    form: string;
};

export type Walk = {
    readonly url: string;
    /** Passwords by login; the one for everybody else under ''. */
    readonly passwords: Readonly<Record<string, string>>;
    /** Folder of the pictures. */
    readonly state: string;
    readonly findings: Findings;
};

/** Walks all stops, several at once, each in a page of its own; what is thrown at a stop is a finding about it. */
export async function walk(walked: Walk, stops: readonly Stop[], look: (eyes: Eyes) => Promise<void>): Promise<void> {
    const contexts = new Map<string, Promise<BrowserContext>>();
    const contextOf = (as: string | undefined) => {
        const known = contexts.get(as ?? '') ?? contextFor(walked, as);
        contexts.set(as ?? '', known);
        return known;
    };
    const waiting = [...stops];
    const walker = async () => {
        for (let stop = waiting.shift(); stop !== undefined; stop = waiting.shift()) {
            const page = await (await contextOf(stop.as)).newPage();
            const eyes: Eyes = { page, said: [], data: new Set(), stop, form: '' };
            listen(eyes);
            await look(eyes).catch((error: unknown) => note(walked, eyes, [`went wrong: ${String(error).slice(0, 400)}`]));
            note(walked, eyes, eyes.said.splice(0));
            await page.close();
        }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, walker));
    for (const context of contexts.values()) await (await context).close();
}

/** Somebody's browser, signed in without the page of it; Chinese until it is told otherwise. */
async function contextFor({ url, passwords }: Walk, as: string | undefined): Promise<BrowserContext> {
    const context = await openContext(url, { viewport: DESK, reducedMotion: 'reduce' });
    if (as === undefined) return context;
    const by = await remote(url).signIn(as, passwords[as] ?? passwords[''] ?? '');
    const [name, value] = (by.cookie ?? '').split('=');
    await context.addCookies([{ name: name ?? '', value: value ?? '', url }]);
    return context;
}

function listen({ page, said, data }: Eyes): void {
    page.on('pageerror', (error) => said.push(`threw: ${error.message}`));
    page.on('console', (message) => {
        const loud = ['error', 'warning'].includes(message.type());
        if (loud && !message.text().startsWith('Failed to load resource')) said.push(`said: ${message.text().slice(0, 300)}`);
    });
    page.on('response', (response) => {
        if (!(response.headers()['content-type'] ?? '').includes('json')) return;
        response.json().then(
            (body: unknown) => dataFrom(body, data),
            () => undefined,
        );
    });
}

export function note(walked: Walk, { stop, form }: Eyes, found: readonly string[]): void {
    if (found.length === 0) return;
    const key = `${stop.name} (${stop.path})${form === '' ? '' : ` ${form}`}`;
    walked.findings[key] = [...(walked.findings[key] ?? []), ...found];
}

/** Goes there, and waits until whatever is read has come. */
export async function goTo({ page, stop }: Eyes): Promise<void> {
    await page.goto(stop.path, { waitUntil: 'commit' });
    await settled(page);
    // The language is kept for all windows of a browser: another stop may have just changed it.
    if (stop.as !== undefined) await speak(page, 'zh-CN');
}

/** A heading, nothing that is still waiting, and two frames without a change of height. */
export const settled = (page: Page): Promise<unknown> =>
    page.waitForFunction(
        () => {
            const held = window as unknown as { was?: string };
            const ready = document.querySelector('h1') !== null && document.querySelector('[role=status].waiting') === null;
            const moves = document
                .getAnimations()
                .filter(({ effect }) => effect?.getComputedTiming().iterations !== Number.POSITIVE_INFINITY);
            if (moves.some(({ playState }) => playState === 'running')) return false;
            const now = `${location.href} ${document.body.textContent.length} ${document.documentElement.scrollHeight}`;
            const same = held.was === now;
            held.was = now;
            return ready && same;
        },
        undefined,
        { polling: 50, timeout: 15_000 },
    );

/** The language by the switch in the bar, even where something lies over it; pages before the sign-in have it too. */
export async function speak(page: Page, language: 'zh-CN' | 'en'): Promise<void> {
    if ((await page.locator('html').getAttribute('lang')) === language) return;
    await page.evaluate(() => {
        const button = [...document.querySelectorAll('button')].find((each) => ['EN', '中文'].includes(each.textContent ?? ''));
        button?.click();
    });
    await page.waitForFunction((wanted) => document.documentElement.lang === wanted, language);
}

type Form = readonly [language: 'zh-CN' | 'en', size: typeof DESK];
/** In this order, so that language and width change one at a time. */
const EVERY_FORM: readonly Form[] = [
    ['zh-CN', DESK],
    ['zh-CN', PHONE],
    ['en', PHONE],
    ['en', DESK],
];
export const TWO_FORMS: readonly Form[] = [
    ['zh-CN', DESK],
    ['en', PHONE],
];

/** Looks at what is on the screen, in both languages and at both widths. `inside`: the dialogue that lies over the page. */
export async function lookAround(walked: Walk, eyes: Eyes, inside = '', forms = EVERY_FORM): Promise<void> {
    const { page } = eyes;
    for (const [language, size] of forms) {
        await page.setViewportSize(size);
        await speak(page, language);
        await settled(page);
        eyes.form = `${inside} ${language} ${size.width}`.trim();
        const titleless = (await page.title()).includes(' · ') ? [] : [`has no title of its own: ${await page.title()}`];
        const width = await steadyWidth(page, size.width);
        const wide = width > size.width ? [`moves sideways: ${width} px`] : [];
        const known = [...longestFirst(eyes.data), ...QUOTED];
        const chinese = language === 'en' ? await chineseBeside(page, known, STATUTORY) : [];
        const thorough = size === DESK ? language === 'zh-CN' : language === 'en';
        note(walked, eyes, [...titleless, ...wide, ...chinese, ...(await raw(page)), ...(thorough ? await axe(page) : [])]);
        await keepPicture(walked, eyes, inside === '' ? '' : `~${inside}`);
    }
    await page.setViewportSize(DESK);
    await speak(page, 'zh-CN');
    eyes.form = inside;
    note(walked, eyes, await unfocused(page));
}

/** What is too wide is measured again: a chart follows its page a moment later. */
export async function steadyWidth(page: Page, most: number): Promise<number> {
    for (let left = 5; left > 0 && (await contentWidth(page)) > most; left -= 1) await page.waitForTimeout(200);
    return contentWidth(page);
}

/** Into the folder of pictures, where somebody has named one. */
export async function keepPicture({ state }: Walk, { page, stop }: Eyes, what: string): Promise<void> {
    if (PICTURES === undefined) return;
    const size = page.viewportSize() ?? DESK;
    const language = await page.locator('html').getAttribute('lang');
    const name = `${stop.name}${what}.png`.replaceAll(/[/\\:* ]/g, '_');
    await takePicture(page, join(PICTURES, `${state}-${language}-${size.width}`, name), what.startsWith('~') ? undefined : size);
}

/** A page whole: its window grows, because a picture of more than the window shows what is not laid out yet. */
async function takePicture(page: Page, path: string, whole: { width: number; height: number } | undefined): Promise<void> {
    if (whole !== undefined) {
        const height = await page.evaluate(() => document.documentElement.scrollHeight);
        await page.setViewportSize({ width: whole.width, height: Math.min(Math.max(height, whole.height), 5_000) });
        await settled(page);
    }
    await page.screenshot({ path });
    if (whole !== undefined) await page.setViewportSize(whole);
}

const longestFirst = (data: ReadonlySet<string>): string[] => [...data].toSorted((a, b) => b.length - a.length);

type Violation = { id: string; nodes: { target: unknown[]; failureSummary?: string }[] };

/** Landmarks, order of headings, labels, contrast: by axe. */
export async function axe(page: Page): Promise<string[]> {
    // Evaluated, not put in as a tag: the pages forbid scripts that are none of their own.
    if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(await AXE);
    const violations = await page.evaluate(async () => {
        const { axe: run } = window as unknown as { axe: { run: (options: object) => Promise<{ violations: Violation[] }> } };
        return (await run.run({ resultTypes: ['violations'] })).violations;
    });
    return violations.map(({ id, nodes }) => {
        const [first] = nodes;
        return `axe ${id} (${nodes.length}): ${first?.target.join(' ')} ${first?.failureSummary?.split('\n')[1]?.trim() ?? ''}`;
    });
}
