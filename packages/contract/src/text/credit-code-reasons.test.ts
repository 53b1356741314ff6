import { CREDIT_CODE_FAULTS } from '@liuhen/domain';
import { expect, it } from 'vitest';
import { creditCodeReasonText } from './credit-code-reasons.ts';

it('every fault has words in both languages', () => {
    for (const fault of CREDIT_CODE_FAULTS) {
        expect(creditCodeReasonText('zh-CN', fault)).toMatch(/\p{Script=Han}/u);
        expect(creditCodeReasonText('en', fault)).toMatch(/^[a-z]/);
    }
});
