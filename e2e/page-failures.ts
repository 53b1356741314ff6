import type { Page, Route } from 'playwright-core';
import { contentWidth, raw } from './page-checks.ts';
import { axe, type Eyes, goTo, keepPicture, note, PHONE, settled, speak, type Walk } from './page-walk.ts';

/** How a server fails: with a fault of its own, by refusing, or by not being there at all. */
export type Failure = 'fault' | 'refusal' | 'cut';

/** Who is asked first on every page, and what a page does not have to be able to do without. */
const DOORS = ['/api/session', '/api/setup'];

/** What these read are the choices of their fields: each field says it where it is opened. */
const ONLY_CHOICES = new Set(['/acts/new', '/cases/new', '/documents/import', '/cases/import']);

const answer = (route: Route, failure: Failure): Promise<void> => {
    if (failure === 'cut') return route.abort('connectionfailed');
    const [status, code] = failure === 'fault' ? [500, 'server.failed'] : [403, 'access.denied'];
    const body = JSON.stringify({ code, params: {}, requestId: 'e2e-0001' });
    return route.fulfill({ status, contentType: 'application/json', body });
};

/** Lets everything that is read fail in one way; gives how often it has, and a way to change the mind. */
async function failing(page: Page, failure: Failure) {
    const server = { mode: failure as Failure | 'well', failed: 0 };
    await page.route('**/api/**', (route) => {
        if (server.mode === 'well' || DOORS.includes(new URL(route.request().url()).pathname)) return route.continue();
        server.failed += 1;
        return answer(route, server.mode);
    });
    return server;
}

const alerts = (page: Page) => page.locator('main [role=alert]:visible');
const retries = (page: Page) => page.locator('main [role=alert] button:visible');

/** A page that reads says that it could not, in words, and offers to try again; after that it is whole. */
export async function lookAtFailure(walked: Walk, eyes: Eyes, failure: Failure, language: 'zh-CN' | 'en'): Promise<void> {
    const { page } = eyes;
    eyes.form = failure;
    const server = await failing(page, failure);
    await goTo(eyes);
    if (server.failed === 0 || ONLY_CHOICES.has(eyes.stop.route)) return note(walked, eyes, await raw(page));
    await alerts(page)
        .first()
        .waitFor({ timeout: 8_000 })
        .catch(() => note(walked, eyes, ['does not say that it could not read']));
    await speak(page, language);
    if (language === 'en') await page.setViewportSize(PHONE);
    await settled(page);
    const width = await contentWidth(page);
    const wide = width > (page.viewportSize()?.width ?? 0) ? [`moves sideways: ${width} px`] : [];
    note(walked, eyes, [...wide, ...(await raw(page)), ...(failure === 'fault' ? await axe(page) : [])]);
    await keepPicture(walked, eyes, `${failure}-${language}`);
    if (failure === 'refusal') return;
    if ((await retries(page).count()) === 0) return note(walked, eyes, ['offers no way to try again']);
    server.mode = 'well';
    for (let left = 12; left > 0 && (await retries(page).count()) > 0; left -= 1) {
        // Another try may have healed this one meanwhile.
        await retries(page)
            .first()
            .evaluate((button) => (button as HTMLButtonElement).click(), undefined, { timeout: 1_000 })
            .catch(() => undefined);
        await settled(page);
    }
    if ((await alerts(page).count()) > 0) note(walked, eyes, ['stays broken after a new try']);
}
