import { mkdir } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeEach, expect } from 'vitest';

const ARGUMENTS = [
    '--no-sandbox',
    '--headless',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--autoplay-policy=no-user-gesture-required',
];
const RESULTS = new URL('../test-results/', import.meta.url).pathname;

/** Longest a page may take for one step, milliseconds; a loaded machine is slow. */
const PATIENCE = 45_000;

let browser: Promise<Browser> | undefined;
const contexts = new Set<BrowserContext>();

// Hooks of the whole test file that imports this module.
beforeEach(({ onTestFailed, task }) => {
    onTestFailed(() => shootEverything(task.name));
});
afterAll(async () => {
    for (const context of contexts) await context.close();
    await (await browser)?.close();
});

/** A browser of somebody's own: no cookie is shared with others. What breaks in its pages fails the caller's check. */
export async function openContext(baseURL: string, options: BrowserContextOptions = {}): Promise<BrowserContext> {
    browser ??= chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGUMENTS });
    const context = await (await browser).newContext({
        baseURL,
        locale: 'zh-CN',
        viewport: { width: 1440, height: 900 },
        ...options,
    });
    context.setDefaultTimeout(PATIENCE);
    contexts.add(context);
    return context;
}

/**
 * What the browser itself writes when the network goes, whatever the page does about it: of anything that is fetched,
 * and of the program for the time without network, which it also looks for by itself after an opening.
 */
const SAID_BY_THE_BROWSER = ['Failed to load resource', 'An unknown error occurred when fetching the script.'];

/** Errors of the page's own code; what the server refused is not one of them. */
export function pageErrors(page: Page): string[] {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => {
        if (message.type() !== 'error' || SAID_BY_THE_BROWSER.some((start) => message.text().startsWith(start))) return;
        errors.push(message.text());
    });
    return errors;
}

/** All open pages as pictures in test-results/, named after the test. */
async function shootEverything(test: string): Promise<void> {
    await mkdir(RESULTS, { recursive: true });
    const file = basename(expect.getState().testPath ?? 'file').replace(/\.test\.ts$/, '');
    const pages = [...contexts].flatMap((context) => context.pages());
    for (const [index, page] of pages.entries()) {
        const name = `${file} ${test.slice(0, 60)} ${index + 1}.png`.replace(/[/\\:]/g, '_');
        await page.screenshot({ path: `${RESULTS}${name}`, fullPage: true }).catch(() => undefined);
        console.log(`picture: test-results/${name} (${page.url()})`);
    }
}
