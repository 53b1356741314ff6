import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

/** `expect` that asks again until it holds; a loaded machine is slow. */
export const eventually = <T>(ask: () => T) => expect.poll(ask, { timeout: 45_000, interval: 100 });

/** Waits until it can be seen. */
export const seen = (what: Locator): Promise<void> => what.first().waitFor({ state: 'visible' });
export const gone = (what: Locator): Promise<void> => what.first().waitFor({ state: 'hidden' });

/** A button by its whole name, in the page or in what lies over it. */
export const button = (where: Page | Locator, name: string): Locator => where.getByRole('button', { name, exact: true });

/** A field by its label. */
export const field = (where: Page | Locator, name: string | RegExp): Locator =>
    where.getByRole('textbox', { name, exact: typeof name === 'string' });

/** Goes to the sign-in page and signs in with login and password. */
export async function signIn(page: Page, login: string, password: string): Promise<void> {
    await page.goto('/sign-in');
    await typeSignIn(page, login, password);
    await seen(page.getByRole('button', { name: '我的账号' }));
}

/** Fills in the sign-in form that is on the screen. */
export async function typeSignIn(page: Page, login: string, password: string): Promise<void> {
    await field(page, '登录名').fill(login);
    await page.getByLabel('密码', { exact: true }).fill(password);
    await button(page, '登录').click();
}

/**
 * Picks from a list of choices; `search` is typed where the list is long. On a loaded machine a list may move or close under the
 * pointer, as it may under a finger: whoever sees that nothing was picked picks again.
 */
export async function choose(where: Page | Locator, label: string | RegExp, option: string, search?: string): Promise<void> {
    const box = where.getByRole('combobox', { name: label, exact: typeof label === 'string' });
    const page = 'page' in where ? where.page() : where;
    const wanted = page.locator('.ant-select-dropdown:visible .ant-select-item-option', { hasText: option }).first();
    const pick = async (timeout: number) => {
        if ((await box.getAttribute('aria-expanded')) !== 'true') await box.click();
        if (search !== undefined) await box.fill(search);
        await wanted.click({ timeout });
        // A list of one choice closes; one of several shows what is chosen. A list that fades away is still there for a while, and
        // its first line need not be the one that was chosen: then the field itself says it.
        const shown = async () =>
            (await box.getAttribute('aria-expanded')) === 'false' &&
            (await box.evaluate((input) => input.closest('.ant-select')?.textContent ?? '')).includes(option);
        const taken = async () =>
            (await wanted.count()) === 0 || (await wanted.getAttribute('aria-selected')) === 'true' || (await shown());
        await expect.poll(taken, { timeout }).toBe(true);
        return true;
    };
    for (let spare = 3; spare > 0; spare -= 1) if (await pick(5_000).catch(() => false)) return;
    await pick(20_000);
}

/**
 * Opens a menu and takes one of its entries. On a loaded machine a menu that is still opening moves on between press and release,
 * and the click meets nothing: it is still there then, and is pressed once more.
 */
export async function takeFromMenu(page: Page, opener: Locator, name: string): Promise<void> {
    const entry = page.getByRole('menuitem', { name });
    for (let spare = 3; ; spare -= 1) {
        if (!(await entry.isVisible())) await opener.click();
        await entry.click();
        const closed = await entry.waitFor({ state: 'hidden', timeout: 5_000 }).then(
            () => true,
            () => false,
        );
        if (closed) return;
        if (spare === 0) throw new Error(`the menu stayed open after a click on ${name}`);
    }
}

/** The links of the main navigation, in order. */
export const navigation = (page: Page): Promise<string[]> =>
    page.getByRole('navigation', { name: '主导航' }).getByRole('link').allTextContents();

/** What the page says went wrong. */
export const alertText = async (where: Page | Locator): Promise<string> => {
    const alert = where.getByRole('alert').first();
    await alert.waitFor({ state: 'visible' });
    return (await alert.textContent()) ?? '';
};

/**
 * Presses the button of a dialogue and waits until it is closed. On a busy machine a dialogue that is still opening moves on between press
 * and release, and the click meets nothing: then it is pressed once more.
 */
export async function confirmBy(dialog: Locator, name: string): Promise<void> {
    await button(dialog, name).click();
    const closed = dialog.first().waitFor({ state: 'hidden', timeout: 5_000 });
    if (
        await closed.then(
            () => true,
            () => false,
        )
    )
        return;
    // While the command runs the button cannot be pressed; then this waits, or finds the dialogue closed.
    await button(dialog, name)
        .click({ timeout: 5_000 })
        .catch(() => undefined);
    await gone(dialog);
}
