import type { Language } from '@liuhen/contract';
import { dockEn } from './words-dock.en.ts';
import { type DockWords, dockZh } from './words-dock.zh-CN.ts';

export type { DockWords } from './words-dock.zh-CN.ts';
export const dockWords: Readonly<Record<Language, DockWords>> = { 'zh-CN': dockZh, en: dockEn };

/** What the system met, for people, with its own code for whoever looks further. */
export function reasonText(words: DockWords, code: string): string {
    const known: Readonly<Partial<Record<string, string>>> = words.reasons;
    const text = known[code];
    return text === undefined ? code : `${text}, ${code}`;
}
