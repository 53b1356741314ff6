import type { CreditCodeFault } from '@liuhen/domain';
import type { Language } from './index.ts';

/** Why a credit code is refused: fills `{reason}` of `party.creditCodeWrong`. */
const REASONS: Record<Language, Record<CreditCodeFault, string>> = {
    'zh-CN': {
        length: '应为 18 位',
        character: '只能用数字和除 I、O、S、V、Z 以外的大写字母',
        checkCharacter: '校验位不符，请逐位核对',
    },
    en: {
        length: 'it must have 18 characters',
        character: 'only figures and capital letters other than I, O, S, V, Z are used',
        checkCharacter: 'the check character does not fit, please compare character by character',
    },
};

/** The words for the `reason` of `party.creditCodeWrong`. */
export const creditCodeReasonText = (language: Language, reason: CreditCodeFault): string => REASONS[language][reason];
