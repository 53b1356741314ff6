import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { type ParameterGroup, type Period, parameterDefinition } from '@liuhen/domain';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import { findableText } from './parameter-find.ts';

export type ParameterItem = ResponseOf<Endpoints['parameter.list']>['items'][number];
export type Value = NonNullable<ParameterItem['value']>;

export const isPeriod = (value: Value): value is Period => typeof value === 'object' && !Array.isArray(value);

/** The places of a pattern by their names: `{region}卫…{number:4}` is for whoever writes it, not for whoever reads it. */
export const inWords = (pattern: string, names: Readonly<Record<string, string>>): string =>
    pattern.replaceAll(/\{([a-z]+)(?::(\d))?\}/g, (whole, name: string, digits?: string) => {
        const word = names[name];
        return word === undefined ? whole : `［${word}${digits === undefined ? '' : ` ${'0'.repeat(Number(digits))}`}］`;
    });

/** How a parameter and its value are said on screen. */
export function useParameterWords() {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    const period = ({ length, unit }: Period): string => fill(text.parameter.units[unit], { count: length });
    /** Whether it was `decided` tells an own "none" from what nobody has set. */
    const valueWords = (key: ParameterItem['key'], value: Value | null, decided: boolean): string => {
        const { kind, standing } = parameterDefinition(key);
        if (value === null && decided) return kind === 'period' ? text.parameter.noTerm : text.parameter.noValue;
        if (value === null) {
            if (kind !== 'period') return text.parameter.unsetValue;
            return standing === 'verified' ? text.parameter.withFile : text.parameter.unset;
        }
        if (isPeriod(value)) return period(value);
        if (Array.isArray(value)) return format.list(value);
        if (typeof value === 'boolean') return value ? text.parameter.yes : text.parameter.no;
        if (typeof value === 'string') return inWords(value, text.parameter.places);
        if (kind === 'money') return fill(text.parameter.yuan, { yuan: format.count(value / 100) });
        return kind === 'percent' ? fill(text.parameter.percent, { count: value }) : format.count(value);
    };
    /** From which day, or from its approval on. */
    const beginsWords = (day: string | null): string =>
        day === null ? text.parameter.beginsApproval : fill(text.parameter.begins, { from: day });
    const nameOf = (key: ParameterItem['key']): string => {
        const definition = parameterDefinition(key);
        return language === 'en' ? definition.en : definition.zh;
    };
    const startOf = (key: ParameterItem['key']): string | undefined => {
        const { startsWith } = parameterDefinition(key);
        if (startsWith === undefined) return undefined;
        return fill(text.parameter.startsWith, { what: language === 'en' ? startsWith.en : startsWith.zh });
    };
    const writingOf = (key: ParameterItem['key']): string | undefined =>
        (text.parameter.writing as Readonly<Record<string, string>>)[key];
    const groupLine = (group: ParameterGroup, count: number): string =>
        fill(text.parameter.groupCount, { group: text.parameter.groups[group], count });
    /** What a row is found by, in both languages: a law is looked for by its Chinese name on an English page too. */
    const findable = (item: ParameterItem): string => {
        const { zh, en, startsWith } = parameterDefinition(item.key);
        const rows = item.rows.flatMap((row) => [row.basis, row.reason, row.decidedBy.name]);
        return findableText({
            names: [zh, en],
            others: [
                item.key,
                valueWords(item.key, item.value, item.from !== null),
                startsWith?.zh ?? '',
                startsWith?.en ?? '',
                item.basis,
                ...rows,
            ],
        });
    };
    return { valueWords, beginsWords, nameOf, startOf, writingOf, period, groupLine, findable };
}
