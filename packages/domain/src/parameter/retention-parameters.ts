import { term } from './parameter-term.ts';

/** How long files are kept, which their recordings follow; the least time of other recordings is `deadline.recordingKeepOther`. */
export const RETENTION_PARAMETERS = {
    'retention.caseFile': term({
        group: 'recording',
        zh: '案卷保管期限（列为证据的音像资料随之）',
        en: 'How long the file of a case is kept (and what is evidence in it)',
        length: null,
        startsWith: ['结案', 'the end of the case'],
        basis: '附件3第11条只分永久、定期两类；各类案卷的年数由本单位的归档范围和保管期限表规定，文本未取得；自结案起算为本系统的约定，未核实',
        standing: 'unknown',
    }),
} as const;
