import { term } from './parameter-term.ts';

/** The notice sets no limit for explaining what was found, so there is none until an organisation sets its own. */
export const FINDING_PARAMETERS = {
    'finding.answerTerm': term({
        group: 'compliance',
        zh: '发现的问题应在多久以内答复',
        en: 'How soon a finding is to be answered',
        length: null,
        startsWith: ['发现问题之日', 'the day on which it was found'],
        basis: '本机构自定；通知没有规定期限，未设时不限',
        standing: 'own',
        mayBeNone: true,
    }),
} as const;
