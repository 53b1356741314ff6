import { expect, test } from 'vitest';
import { decideParameterChange } from '../parameter/parameter.decide.ts';
import { PARAMETERS } from '../parameter/parameter-catalogue.ts';
import { ownPhraseOf } from './own-phrases.ts';

const NOW = Date.parse('2026-10-12T01:30:00Z');

test('a line says document, field and words; spaces and the narrow bar do not matter', () => {
    const phrase = { type: 'sceneRecord', label: '检查情况', phrase: '消毒间门开启，｜内无人员。' };
    expect(ownPhraseOf('现场笔录｜检查情况｜消毒间门开启，｜内无人员。')).toEqual(phrase);
    expect(ownPhraseOf(' 现场笔录 | 检查情况｜  消毒间门开启，｜内无人员。 ')).toEqual(phrase);
    // Questions of a dialogue are offered too.
    expect(ownPhraseOf('询问笔录｜问答｜请说明进货渠道。')?.type).toBe('inquiryRecord');
});

test.each([
    ['a document that does not exist', '现场记录｜检查情况｜某句'],
    ['a field that the form does not have', '现场笔录｜现场情况｜某句'],
    ['a field that no words can be put into', '现场笔录｜执法人员及证件号码｜某句'],
    ['no words', '现场笔录｜检查情况｜ '],
    ['no field', '现场笔录｜某句'],
])('%s is refused, since nobody would be offered it', (_, line) => {
    expect(ownPhraseOf(line)).toBeUndefined();
    const change = { value: [line], standing: 'own', from: NOW } as const;
    expect(() => decideParameterChange(PARAMETERS['document.phrases'], [], change, NOW)).toThrow('parameter.lineWrong');
});
