import type { Locator, Page } from 'playwright-core';
import { type Eyes, goTo, lookAround, settled, TWO_FORMS, type Walk } from './page-walk.ts';

/** Buttons that do at once what they say, or leave the page: nothing opens. */
const AT_ONCE = /^(复制|下载|导出|打印|打开|重试|保存|登录|取消|全部|−|\+|表格|导出图|清除筛选|筛选|更多条|再载入|显示列)/;

const dialogue = (page: Page): Locator => page.locator('.ant-modal-wrap:visible, .ant-drawer-open:visible').last();
const menu = (page: Page): Locator => page.locator('.ant-dropdown:visible [role=menuitem]');

/** What is written on the buttons of the page, each once: a hundred rows have the same. */
const openers = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
        const seen = [...document.querySelectorAll<HTMLButtonElement>('main button:not(:disabled)')].filter(
            (each) => each.getClientRects().length > 0 && each.closest('.lh-strip, form, .ant-picker') === null,
        );
        return [...new Set(seen.map((each) => each.textContent.trim()).filter((words) => words !== ''))];
    });

async function opened(what: Locator): Promise<boolean> {
    return what
        .first()
        .waitFor({ state: 'visible', timeout: 350 })
        .then(() => true)
        .catch(() => false);
}

/** Opens whatever the buttons of a page open, and looks at each; what would be written is not let through. */
export async function lookAtDialogues(walked: Walk, eyes: Eyes, known: Set<string>): Promise<void> {
    const { page, stop } = eyes;
    await page.route('**/api/**', (route) => (route.request().method() === 'GET' ? route.continue() : route.abort()));
    await goTo(eyes);
    for (const words of await openers(page)) {
        const key = `${stop.route} ${words}`;
        if (AT_ONCE.test(words) || known.has(key)) continue;
        known.add(key);
        // What was pressed before may have changed what stands there.
        if ((await button(page, words).count()) === 0) await goTo(eyes);
        await press(page, words);
        if (await opened(dialogue(page).or(menu(page)))) {
            const items = await menu(page).allTextContents();
            if (items.length === 0) await lookAt(walked, eyes, words);
            for (const [at, item] of items.filter((each) => !AT_ONCE.test(each)).entries()) {
                // Anew for each: what the one before opened may still be on its way out.
                if (at > 0) {
                    await goTo(eyes);
                    await press(page, words);
                }
                await menu(page).filter({ hasText: item }).first().click();
                if (await opened(dialogue(page))) await lookAt(walked, eyes, `${words} ${item}`);
            }
        }
        const left = new URL(page.url()).pathname !== stop.path.split('?')[0];
        if (left || (await dialogue(page).or(menu(page)).count()) > 0) await goTo(eyes);
    }
}

/** By its words; figures may have changed since they were read: a clock runs. */
const button = (page: Page, words: string): Locator =>
    page
        .locator('main button:visible:not(:disabled)')
        .filter({
            hasText: new RegExp(`^\\s*${words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\d+/g, '\\d+')}\\s*$`),
        })
        .first();

const press = (page: Page, words: string): Promise<void> => button(page, words).click({ timeout: 30_000 });

async function lookAt(walked: Walk, eyes: Eyes, words: string): Promise<void> {
    await lookAround(walked, eyes, words, TWO_FORMS);
    await eyes.page.keyboard.press('Escape');
    await dialogue(eyes.page)
        .waitFor({ state: 'hidden', timeout: 1_500 })
        .catch(() => undefined);
    await settled(eyes.page);
}
