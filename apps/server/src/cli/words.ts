import type { Language } from '@liuhen/contract';
import { cliEn } from './words.en.ts';
import { type CliWords, cliZh } from './words.zh-CN.ts';

export const cliWords: Readonly<Record<Language, CliWords>> = { 'zh-CN': cliZh, en: cliEn };
