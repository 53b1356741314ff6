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

/** Lines and names on the page with Chinese in them that are none of `data`: what nobody has translated. */
export const chineseBeside = (page: Page, data: readonly string[]): Promise<string[]> =>
    page.evaluate((known) => {
        const chinese = /[\u3400-\u9fff]/;
        const rest = (text: string) => known.reduce((left, word) => left.replaceAll(word, ''), text);
        const found: string[] = [];
        const look = (text: string | null | undefined, where: string) => {
            if (text != null && chinese.test(rest(text))) found.push(`${where}: ${text.trim().slice(0, 120)}`);
        };
        look(document.title, 'title');
        const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
            const parent = node.parentElement;
            if (parent === null || ['SCRIPT', 'STYLE', 'NOSCRIPT'].includes(parent.tagName)) continue;
            // The switch names the other language in that language.
            if (parent.closest('[lang=zh-CN]:not(html)') === null) look(node.textContent, parent.tagName.toLowerCase());
        }
        for (const name of ['aria-label', 'placeholder', 'title', 'alt', 'aria-valuetext'])
            for (const element of document.querySelectorAll(`[${name}]`))
                if (element.closest('[lang=zh-CN]:not(html)') === null) look(element.getAttribute(name), name);
        return [...new Set(found)];
    }, data);
