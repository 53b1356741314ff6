import { expect, test } from 'vitest';
import { passwordRules } from './password-rules.ts';

const met = (password: string, login = '', current?: string) =>
    passwordRules(password, login, current)
        .filter((each) => each.met)
        .map((each) => each.rule);

test('nothing typed meets nothing', () => expect(met('', 'zhou', '')).toEqual([]));
test('length counts characters, not code units', () => {
    expect(met('Aa1𠮷喆堃珺䶮㛃')).not.toContain('length');
    expect(met('Aa1𠮷喆堃珺䶮㛃龘')).toContain('length');
});
test('a shorter password needs three kinds, a long one does not', () => {
    expect(met('kbqxwvmz71')).not.toContain('classes');
    expect(met('Kbqxwvmz71')).toContain('classes');
    expect(met('kbqxwvmzrtpl')).toContain('classes');
    expect(met('582931476093')).not.toContain('classes');
});
test('what the domain accepts meets every rule', () => {
    expect(met('Harbour-Teapot-71', 'zhou.yun', 'old')).toEqual(['length', 'classes', 'login', 'common', 'reused']);
});
test('login, common and reused passwords', () => {
    expect(met('Zhou.Yun-71-harbour', 'zhou.yun')).not.toContain('login');
    expect(met('P@ssw0rd2026!', 'zhou.yun')).not.toContain('common');
    expect(met('Harbour-Teapot-71', 'zhou.yun', 'Harbour-Teapot-71')).not.toContain('reused');
});
