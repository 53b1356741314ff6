import type { Page } from 'playwright-core';

/** Whatever can be used but says no name to somebody who cannot see it; empty when all is well. */
export const nameless = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
        const words = (element: Element | null | undefined): string => element?.textContent?.trim() ?? '';
        const named = (element: Element): boolean => {
            if ((element.getAttribute('aria-label') ?? '').trim() !== '') return true;
            const by = (element.getAttribute('aria-labelledby') ?? '').split(/\s+/).filter((id) => id !== '');
            if (by.some((id) => words(document.getElementById(id)) !== '')) return true;
            if (
                element instanceof HTMLInputElement ||
                element instanceof HTMLSelectElement ||
                element instanceof HTMLTextAreaElement
            )
                return [...(element.labels ?? [])].some((label) => words(label) !== '') || element.title.trim() !== '';
            const image = element.querySelector('img[alt], svg[aria-label], [role=img][aria-label]');
            return words(element) !== '' || (element.getAttribute('title') ?? '') !== '' || image !== null;
        };
        const usable =
            'button, a[href], input, select, textarea, summary, [role=button], [role=slider], [role=combobox], [role=tab]';
        return [...document.querySelectorAll(usable)]
            .filter((element) => !(element instanceof HTMLInputElement && element.type === 'hidden'))
            .filter((element) => element.closest('[aria-hidden=true], [hidden]') === null && element.getClientRects().length > 0)
            .filter((element) => !named(element))
            .map((element) => element.outerHTML.slice(0, 160));
    });

/** Width of the page's content, pixels: more than the window's means that the whole page moves sideways. */
export const contentWidth = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth);

/**
 * Lines and names on the page with Chinese in them that are none of `data`: what nobody has translated. `named` may stand in the
 * names that are spoken, too, where no language can be marked.
 */
export const chineseBeside = (page: Page, data: readonly string[], named: readonly string[] = []): Promise<string[]> =>
    page.evaluate(
        ([known, spoken]) => {
            const chinese = /[\u3400-\u9fff]/;
            const found: string[] = [];
            const look = (text: string | null | undefined, where: string, also: readonly string[] = []) => {
                if (text == null || !chinese.test(text)) return;
                const rest = [...known, ...also].reduce((left, word) => left.replaceAll(word, ''), text);
                // What was cut for want of room is the beginning of something known.
                const cut = /([\u3400-\u9fff][^·]*?) ?…$/.exec(rest)?.[1];
                if (cut !== undefined && known.some((word) => word.includes(cut))) return;
                if (chinese.test(rest)) found.push(`${where}: ${text.trim().slice(0, 120)}`);
            };
            // Fields hold what somebody wrote.
            const SILENT = ['SCRIPT', 'STYLE', 'NOSCRIPT', 'TEXTAREA'];
            look(document.title, 'title');
            const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
            for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
                const parent = node.parentElement;
                if (parent === null || SILENT.includes(parent.tagName) || !parent.checkVisibility()) continue;
                // The switch names the other language in that language.
                if (parent.closest('[lang=zh-CN]:not(html)') === null) look(node.textContent, parent.tagName.toLowerCase());
            }
            for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-valuetext'])
                for (const element of document.querySelectorAll(`[${name}]`))
                    if (element.closest('[lang=zh-CN]:not(html)') === null) look(element.getAttribute(name), name, spoken);
            return [...new Set(found)];
        },
        [data, named] as const,
    );

/** All texts with Chinese in them that an answer of the server holds: data, which no interface translates. */
export function dataFrom(body: unknown, into: Set<string>): void {
    if (typeof body === 'string') {
        if (!/[\u3400-\u9fff]/.test(body)) return;
        into.add(body);
        for (const line of body.split('\n')) into.add(line.trim());
    } else if (Array.isArray(body)) for (const each of body) dataFrom(each, into);
    else if (typeof body === 'object' && body !== null)
        for (const [key, value] of Object.entries(body)) {
            dataFrom(key, into);
            dataFrom(value, into);
        }
}

/** What was meant for programs and is shown to people: ids, instants of JSON, codes, names of fields, unfilled places. */
export const raw = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
        const signs: readonly [string, RegExp][] = [
            ['id', /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/],
            ['instant', /\d{4}-\d\d-\d\dT\d\d/],
            ['place', /\{[a-zA-Z]+\}/],
            ['nothing', /\b(undefined|NaN|Invalid Date|\[object Object\])\b/],
            ['name', /^[a-z]+[A-Z][A-Za-z]+$/],
            ['code', /^[a-z][A-Za-z]+\.[a-z][A-Za-z]+$/],
        ];
        const found: string[] = [];
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            const parent = node.parentElement;
            const text = node.textContent?.trim() ?? '';
            if (parent === null || text === '' || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName)) continue;
            if (!parent.checkVisibility()) continue;
            if (parent.closest('.mono, pre, code') !== null) continue;
            for (const [what, sign] of signs) if (sign.test(text)) found.push(`${what} in sight: ${text.slice(0, 120)}`);
        }
        return [...new Set(found)];
    });

/** Goes through the page with Tab, and gives what takes the focus without showing it. */
export async function unfocused(page: Page, steps = 25): Promise<string[]> {
    const found = new Set<string>();
    await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
    for (let step = 0; step < steps; step += 1) {
        await page.keyboard.press('Tab');
        const hidden = await page.evaluate(() => {
            const element = document.activeElement;
            if (element === null || element === document.body) return undefined;
            const shows = (each: Element) => {
                const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(each);
                return (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none';
            };
            for (let each: Element | null = element, up = 0; each !== null && up < 4; each = each.parentElement, up += 1)
                if (shows(each)) return undefined;
            return element.outerHTML.slice(0, 120);
        });
        if (hidden !== undefined) found.add(`focus is not shown: ${hidden}`);
    }
    return [...found];
}
