import { expect, test } from 'vitest';
import { passwordRules } from './password-rules.ts';

const met = (password: string, login?: string, current?: string) =>
    passwordRules(password, login, current)
        .filter((each) => each.met)
        .map((each) => each.rule);

test('length counts characters, not code units', () => {
    expect(met('Aa1𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷')).not.toContain('length');
    expect(met('Aa1𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷')).toContain('length');
});
test('three of four classes', () => {
    expect(met('abcdefgh1234')).not.toContain('classes');
    expect(met('Abcdefgh1234')).toContain('classes');
    expect(met('abcdefgh-123')).toContain('classes');
});
test('login and current password', () => {
    expect(met('Zhou.Yun-2026x', 'zhou.yun', 'old')).toEqual(['length', 'classes', 'reused']);
    expect(met('', 'zhou', '')).toEqual([]);
});
