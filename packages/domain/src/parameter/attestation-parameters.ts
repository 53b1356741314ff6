import { term } from './parameter-term.ts';

/** How long what somebody confirmed holds. The notice sets no term for any of it. */
export const ATTESTATION_PARAMETERS = {
    'attestation.rulesTerm': term({
        group: 'compliance',
        zh: '制度已制定的确认有效多久',
        en: 'How long a confirmation that rules are issued holds',
        length: 12,
        unit: 'month',
        startsWith: ['确认写明的日期', 'the day that the confirmation names'],
        basis: '本机构自定；通知没有规定期限',
        standing: 'own',
    }),
    'attestation.peopleTerm': term({
        group: 'compliance',
        zh: '人员、部门已落实的确认有效多久',
        en: 'How long a confirmation about people and departments holds',
        length: 12,
        unit: 'month',
        startsWith: ['确认写明的日期', 'the day that the confirmation names'],
        basis: '本机构自定；通知没有规定期限',
        standing: 'own',
    }),
    'attestation.practiceTerm': term({
        group: 'compliance',
        zh: '抽查后的确认有效多久',
        en: 'How long a confirmation after looking at samples holds',
        length: 6,
        unit: 'month',
        startsWith: ['确认写明的日期', 'the day that the confirmation names'],
        basis: '本机构自定；通知没有规定期限',
        standing: 'own',
    }),
} as const;
