import { fill, STEP_FIELD_WORDS } from '@liuhen/contract';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import type { CaseDetail } from './case-words.ts';

type Data = CaseDetail['steps'][number]['data'];

/** The name of what a step asks for. */
export function useStepFieldWord(): (field: string) => string {
    const { language } = useLanguage();
    const words: Readonly<Record<string, { readonly [tongue in typeof language]: string }>> = STEP_FIELD_WORDS;
    return (field) => words[field]?.[language] ?? field;
}

/** What a step said, line by line. Whoever presides is shown among the people of the case. */
export function useStepDataWords(): (data: Data) => string[] {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    const outcomes: Readonly<Record<string, string>> = text.case.outcomes;
    return (data) =>
        (Object.keys(data) as (keyof Data)[]).flatMap((field) => {
            const value = data[field];
            if (value === undefined || field === 'presiderId') return [];
            const name = STEP_FIELD_WORDS[field][language];
            if (typeof value === 'boolean') return [`${name}: ${value ? text.case.yes : text.case.no}`];
            if (field === 'fine' || field === 'proposedFine') return [`${name}: ${format.count(Number(value) / 100)}`];
            if (field === 'measure') return [`${name}: ${text.case.measures[value as 'seizure' | 'control']}`];
            if (field === 'outcome') return [`${name}: ${outcomes[String(value)] ?? value}`];
            return [fill('{name}: {value}', { name, value })];
        });
}
