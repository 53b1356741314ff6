import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { button, takeFromMenu } from './steps.ts';

/** Exports in the form that is chosen; gives the file as it was downloaded. */
export async function exported(page: Page, what: string, form: string): Promise<{ name: string; bytes: Buffer }> {
    const [download] = await Promise.all([page.waitForEvent('download'), takeFromMenu(page, button(page, what), form)]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
}

export const WORKBOOK = 'Excel 工作簿（.xlsx）';
export const CSV = 'CSV 文本（.csv）';
