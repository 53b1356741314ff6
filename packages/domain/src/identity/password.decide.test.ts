import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPassword, checkPasswordChanged } from './password.decide.ts';
import { READABLE_SECRET_BYTES, readableSecret } from './readable-secret.ts';

const refusal = (password: string, login = 'zhanghm'): string | undefined => {
    try {
        checkPassword(password, login);
        return undefined;
    } catch (error) {
        return (error as { code: string }).code;
    }
};

describe('a password', () => {
    it.each([
        ['Ab1!', 'account.passwordTooShort'],
        ['Kx7#pq2!z', 'account.passwordTooShort'],
        ['kxqpvbnwrt', 'account.passwordTooSimple'],
        ['kxqpvbnwr7', 'account.passwordTooSimple'],
        ['138174620951', 'account.passwordTooSimple'],
        ['my-ZhangHM-word', 'account.passwordContainsLogin'],
        ['Password2026!', 'account.passwordCommon'],
        ['P@ssw0rd2026', 'account.passwordCommon'],
        ['Woaini5201314', 'account.passwordCommon'],
        ['Weijianwei@2026', 'account.passwordCommon'],
        ['Shanghai2020!', 'account.passwordCommon'],
        ['Qwer1234!@#$', 'account.passwordCommon'],
        ['1qaz2wsx3edc', 'account.passwordCommon'],
        ['Abcd12345678', 'account.passwordCommon'],
        ['aA1!aA1!aA1!', 'account.passwordCommon'],
        ['qwertyuiopas', 'account.passwordCommon'],
    ])('%s is refused: %s', (password, code) => {
        expect(refusal(password)).toBe(code);
    });

    it.each(['Kx7#pq2!zR', 'correct horse battery', '三月里的小雨淅淅沥沥沥下', 'Liuhen-demo-2026', 'vq7t-hn3k-x2wd-m9ce'])(
        '%s is taken',
        (password) => {
            expect(refusal(password)).toBeUndefined();
        },
    );

    it('is counted in characters, and the login is found in any width', () => {
        expect(refusal('😀😃😄😁😆')).toBe('account.passwordTooShort');
        expect(refusal('xyz-ＺＨＡＮＧＨＭ-xyz')).toBe('account.passwordContainsLogin');
    });

    it('must differ from the one before', () => {
        expect(() => checkPasswordChanged('a', 'a')).toThrow('account.passwordReused');
        checkPasswordChanged('a', 'b');
    });

    it('that the system makes satisfies the rules', () => {
        fc.assert(
            fc.property(
                fc
                    .uint8Array({ minLength: READABLE_SECRET_BYTES, maxLength: READABLE_SECRET_BYTES })
                    .filter((bytes) => new Set(bytes).size > 20),
                (bytes) => {
                    const secret = readableSecret(bytes);
                    expect(secret).toMatch(/^[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}$/);
                    expect(refusal(secret)).toBeUndefined();
                },
            ),
        );
    });
});
