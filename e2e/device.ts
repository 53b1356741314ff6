import type { Page } from 'playwright-core';
import { eventually } from './steps.ts';

/** What was taken along on this device, by the questions it answers. */
export const kept = (page: Page): Promise<string[]> =>
    page.evaluate(
        () =>
            new Promise<string[]>((resolve, reject) => {
                const opening = indexedDB.open('liuhen');
                opening.onerror = () => reject(opening.error);
                opening.onsuccess = () => {
                    const keys = opening.result.transaction('kept').objectStore('kept').getAllKeys();
                    keys.onsuccess = () => {
                        opening.result.close();
                        resolve(keys.result.map(String));
                    };
                };
            }),
    );

/** The program is on the device and in charge, and so is what the officer needs. */
export async function isReady(page: Page, actId: string): Promise<void> {
    await eventually(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
    await eventually(async () => (await kept(page)).filter((key) => key.includes(actId)).length).toBe(2);
}
