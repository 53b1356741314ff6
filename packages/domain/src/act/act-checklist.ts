/** When something on the list is done. */
export const CHECK_PHASES = ['before', 'during', 'after'] as const;
export type CheckPhase = (typeof CHECK_PHASES)[number];

type Check = { readonly phase: CheckPhase; readonly clause: string };

/** What 附件1 asks officers to do around every recorded act. A key is for ever: ticks name it. */
export const CHECKS = {
    recorderSound: { phase: 'before', clause: '附件1 第7条' },
    recorderTime: { phase: 'before', clause: '附件1 第7条' },
    recorderBattery: { phase: 'before', clause: '附件1 第7条' },
    recorderStorage: { phase: 'before', clause: '附件1 第7条' },
    recorderOn: { phase: 'during', clause: '附件1 第8条' },
    openingSaid: { phase: 'during', clause: '附件1 第9条' },
    certificatesShown: { phase: 'during', clause: '附件1 第9条' },
    partyTold: { phase: 'during', clause: '附件1 第9条' },
    closingSaid: { phase: 'after', clause: '附件1 第8条' },
    recorderOff: { phase: 'after', clause: '附件1 第8条' },
    footageStored: { phase: 'after', clause: '附件1 第15条' },
} as const satisfies Record<string, Check>;
export type CheckKey = keyof typeof CHECKS;
export const CHECK_KEYS = Object.keys(CHECKS) as readonly CheckKey[];

/** One line of an act's list. `words`: of what an organisation added; the others have texts. */
export type CheckItem = {
    readonly key: string;
    readonly phase: CheckPhase;
    readonly clause: string | null;
    readonly words: string | null;
};

const SEPARATOR = /[|｜]/u;

/**
 * The list of an act: the catalogue's items and those the organisation had added by then, each written as a phase and words
 * with a bar between (`执法前｜带齐采样箱`). What was ticked and is no longer on the list stays on it.
 */
export function checklistOf(added: readonly string[], ticked: readonly string[] = []): CheckItem[] {
    const own = added.flatMap((line) => {
        const [when, words = ''] = line.split(SEPARATOR);
        const phase = phaseOf(when);
        return phase === undefined || words.trim() === '' ? [] : [ownItem(phase, words.trim())];
    });
    const items = [...CHECK_KEYS.map((key): CheckItem => ({ key, ...CHECKS[key], words: null })), ...own];
    const gone = ticked.filter((key) => !items.some((item) => item.key === key)).flatMap(itemOfKey);
    return CHECK_PHASES.flatMap((phase) => [...items, ...gone].filter((item) => item.phase === phase));
}

const PHASE_WORDS: Readonly<Record<string, CheckPhase>> = { 执法前: 'before', 执法中: 'during', 执法后: 'after' };
const phaseOf = (text = ''): CheckPhase | undefined =>
    PHASE_WORDS[text.trim()] ?? CHECK_PHASES.find((phase) => phase === text.trim());
const ownItem = (phase: CheckPhase, words: string): CheckItem => ({ key: `${phase}｜${words}`, phase, clause: null, words });

function itemOfKey(key: string): CheckItem[] {
    const [when, words] = key.split('｜');
    const phase = phaseOf(when);
    return phase === undefined || words === undefined ? [] : [ownItem(phase, words)];
}
