import type { Language } from '@liuhen/contract';
import { dockEn } from './words-dock.en.ts';
import { type DockWords, dockZh } from './words-dock.zh-CN.ts';

export type { DockWords } from './words-dock.zh-CN.ts';
export const dockWords: Readonly<Record<Language, DockWords>> = { 'zh-CN': dockZh, en: dockEn };
