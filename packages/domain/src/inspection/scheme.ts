import { DomainError } from '../kernel/domain-error.ts';

/** One thing that is looked at. `clause` is the id of a clause of the notice, where one says it. */
export type ScoreItem = {
    readonly key: string;
    readonly clause?: string;
    readonly words: string;
    /** Most points, a whole number from 1. */
    readonly most: number;
    /** How much it counts beside the others; a point of an item with 2 counts twice. */
    readonly weight: number;
};

export const MOST_SCORE_ITEMS = 40;
const MOST_FIGURE = 100;

const item = (key: string, clause: string, words: string, most: number): ScoreItem => ({ key, clause, words, most, weight: 1 });

/**
 * A scheme to begin with. What is looked at stands in the notice; how many points it is worth does not: they are the unit's own
 * and can be changed until the campaign is fixed.
 */
export const DEFAULT_SCHEME: readonly ScoreItem[] = [
    item('recorded', 'Z2.2.1-9', '应当作音像记录的执法行为有音像资料', 20),
    item('twoOfficers', 'A1-5-1', '现场至少两名监督员，参与的监督员均佩戴执法记录仪', 15),
    item('opening', 'A1-9-1', '以规范用语告知相对人正在全程录音录像，出示证件', 10),
    item('uninterrupted', 'A1-10-1', '全程不间断记录，连续、完整、客观；中断已说明原因', 15),
    item('times', 'A1-10-3', '音像反映的起止时间与文书记载一致', 10),
    item('keyFootage', 'A1-11-1', '如实记录执法时间、人员、对象和内容，重点内容已拍摄', 10),
    item('closing', 'A1-8-2', '执法结束时口述结束并关闭执法记录仪', 5),
    item('stored', 'A1-15-3', '采集完成后 24 小时内按规定储存', 10),
    item('documents', 'Z2.1-1', '执法文书符合文书规范', 5),
];

/** The scheme in its one form. Throws `inspection.schemeInvalid` with what is wrong. */
export function normalScheme(items: readonly ScoreItem[]): readonly ScoreItem[] {
    const invalid = (reason: string): never => {
        throw new DomainError('inspection.schemeInvalid', { reason });
    };
    if (items.length === 0) invalid('empty');
    if (items.length > MOST_SCORE_ITEMS) invalid('tooMany');
    if (new Set(items.map((each) => each.key)).size !== items.length) invalid('keyTwice');
    if (new Set(items.map((each) => each.words)).size !== items.length) invalid('wordsTwice');
    if (!items.every((each) => isFigure(each.most) && isFigure(each.weight))) invalid('figure');
    return items;
}

const isFigure = (value: number): boolean => Number.isSafeInteger(value) && value >= 1 && value <= MOST_FIGURE;
