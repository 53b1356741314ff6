import { DRAFTING_CODES } from '@liuhen/domain';
import { expect, it } from 'vitest';
import { DOCUMENT_FINDING_CODES, documentFindingText } from './document-findings.ts';

it('every finding has a sentence in both languages, with the same parameters', () => {
    expect([...DOCUMENT_FINDING_CODES].sort()).toEqual(
        [...Object.keys(DRAFTING_CODES), 'content.empty', 'content.intervalMissing'].sort(),
    );
    const named = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();
    for (const code of DOCUMENT_FINDING_CODES) {
        const zh = documentFindingText('zh-CN', code);
        const en = documentFindingText('en', code);
        expect(zh).toMatch(/\p{Script=Han}/u);
        expect(en).toMatch(/^[A-Z“{]/);
        expect(named(zh), code).toEqual(named(en));
    }
});

it('fills in what was found', () => {
    expect(documentFindingText('zh-CN', 'twoOfficers.tooFew', { count: 1 })).toBe('执法人员应当不少于两人，现在是 1 人');
    expect(documentFindingText('en', 'of.tomorrow', {})).toBe('of.tomorrow');
});
