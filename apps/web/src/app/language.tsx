import type { ErrorCode, Language } from '@liuhen/contract';
import { errorText } from '@liuhen/contract';
import { formatBytes, formatCount, formatDate, formatDateTime, formatDuration, formatPeriod } from '@liuhen/domain';
import { createContext, type ReactNode, use, useEffect, useMemo, useState } from 'react';
import { en, type Texts, zh } from '../text/index.ts';

const KEY = 'liuhen.language';

const first = (): Language => {
    const kept = localStorage.getItem(KEY);
    if (kept === 'zh-CN' || kept === 'en') return kept;
    return navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
};

const LanguageContext = createContext<{ language: Language; setLanguage: (next: Language) => void }>({
    language: 'zh-CN',
    setLanguage: () => undefined,
});

export function LanguageProvider({ children }: { children: ReactNode }) {
    const [language, setLanguage] = useState(first);
    useEffect(() => {
        document.documentElement.lang = language;
        localStorage.setItem(KEY, language);
    }, [language]);
    const value = useMemo(() => ({ language, setLanguage }), [language]);
    return <LanguageContext value={value}>{children}</LanguageContext>;
}

export const useLanguage = () => use(LanguageContext);

/** The texts of the pages in the user's language. */
export const useText = (): Texts => (use(LanguageContext).language === 'en' ? en : zh);

/** Figures, times and refusals in the user's language. */
export function useFormat() {
    const { language } = useLanguage();
    return useMemo(
        () => ({
            bytes: formatBytes,
            date: formatDate,
            count: (of: number | bigint) => formatCount(of, language),
            dateTime: (at: number, precision?: 'minute' | 'second' | 'tenth') => formatDateTime(at, language, precision),
            period: (start: number, end: number, precision?: 'minute' | 'second') =>
                formatPeriod(start, end, language, precision),
            duration: (of: number, maxUnits?: number) => formatDuration(of, language, maxUnits),
            error: (code: ErrorCode, params: Readonly<Record<string, string | number>> = {}) =>
                errorText(
                    language,
                    code,
                    Object.fromEntries(
                        Object.entries(params).map(([name, value]) => [
                            name,
                            typeof value === 'number' && Number.isSafeInteger(value) ? formatCount(value, language) : value,
                        ]),
                    ),
                ),
            /** In the brackets of the language, with the space that belongs there. */
            brackets: (words: string) => (language === 'en' ? ` (${words})` : `（${words}）`),
            /** Names one after the other: 、 in Chinese, a comma elsewhere. */
            list: (of: readonly string[]) => of.join(language === 'en' ? ', ' : '、'),
        }),
        [language],
    );
}

export type Format = ReturnType<typeof useFormat>;

/** Names the browser tab: the page first, the product last. */
export function useTitle(title: string | undefined): void {
    const { product } = useText();
    useEffect(() => {
        document.title = title === undefined ? product : `${title} · ${product}`;
    }, [title, product]);
}
