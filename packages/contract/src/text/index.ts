import type { ErrorCode } from '../errors.ts';
import { caseParams } from './case-words.ts';
import { errorsEn } from './errors.en.ts';
import { errorsZh } from './errors.zh-CN.ts';

export type Language = 'zh-CN' | 'en';

const ERROR_TEXTS: Record<Language, Record<ErrorCode, string>> = { 'zh-CN': errorsZh, en: errorsEn };

/** Fills `{name}` from `params`; a missing parameter stays visible as its name, so that the gap is seen in review. */
export const fill = (sentence: string, params: Readonly<Record<string, string | number>>): string =>
    sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(params, name) ? String(params[name]) : whole));

/** The sentence of an error in the user's language. */
export const errorText = (language: Language, code: ErrorCode, params: Readonly<Record<string, string | number>> = {}): string =>
    fill(ERROR_TEXTS[language][code], code.startsWith('case.') ? caseParams(language, params) : params);
