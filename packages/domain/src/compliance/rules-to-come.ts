import type { Said } from './treatment.ts';

/** A fact that a rule will look at. `isHere`: it is kept already, so that the rule does not wait for it. */
export type FactToCome = Said & { readonly isHere: boolean };

/** A rule that is not built, because its facts come with later work: what it will judge, and what it needs for that. */
export type RuleToCome = Said & {
    readonly id: string;
    readonly clauses: readonly string[];
    readonly facts: readonly FactToCome[];
};

const here = (zh: string, en: string): FactToCome => ({ zh, en, isHere: true });
const needed = (zh: string, en: string): FactToCome => ({ zh, en, isHere: false });

export const RULES_TO_COME: readonly RuleToCome[] = [
    {
        id: 'retentionKept',
        clauses: ['A1-18-2', 'A1-18-3'],
        zh: '每份音像的保存期限已经确定并且正确，没有到期的没有销毁。',
        en: 'Every recording has its term of keeping, the right one, and none was destroyed before its end.',
        facts: [
            here('音像是否列为案件证据、案件何时办结', 'whether a recording is evidence of a case, and when the case ended'),
            here('采集和入库的时间、本机构的保存期限', 'when it was recorded and came in, and the term in force in the unit'),
            needed('长期保存的理由、登记人和解除时间', 'grounds for keeping it long, with who entered and who ended them'),
            needed('经批准的销毁清册和实际销毁的时间', 'the approved list of destruction, and when it was carried out'),
        ],
    },
    {
        id: 'viewingRegistered',
        clauses: ['A1-19-2', 'A1-19-5'],
        zh: '每次查阅、调取都在事前登记并经批准，没有超出批准的范围和时间。',
        en: 'Every viewing and retrieval was registered and approved before, and kept to what was approved and until when.',
        facts: [
            here('查阅人、时间、事由和看过的时段', 'who viewed, when, for what, and which parts'),
            here('调取的申请、同意、取出和交付', 'requests for retrievals, who consented, what was fetched and who received it'),
            // Without it nothing could fail: a viewing that was not registered cannot be opened.
            needed('查阅的申请、批准人和批准的范围、期限', 'the request for a viewing, who approved it, for what and until when'),
        ],
    },
    {
        id: 'evidenceOnMedia',
        clauses: ['A1-18-1'],
        zh: '作为证据的音像已经写入光盘或者移动存储介质，读回核对一致，并按期检查。',
        en: 'What is evidence was written to a disc or removable medium, read back and found equal, and is checked in time.',
        facts: [
            here('作为证据的音像及其摘要', 'which recordings are evidence, with their digests'),
            here('证据包的光盘映像和每张的摘要', 'images of discs that were made of evidence packages, with the digests of each'),
            here(
                '写成的介质的编号、种类、份数和写入的时间、人员',
                'number, kind and copies of the medium that was written, when and by whom',
            ),
            here('读回核对的结果', 'what reading it back gave'),
            here('存放处和每次检查的时间、结果', 'where it is kept, and when it was checked with what result'),
            // Without them nothing could fail: the notice names no day, and says "and the like" of the ways.
            needed(
                '本机构写入和检查的期限、认可的其他长期保存方式（通知没有规定）',
                "the unit's own terms for writing and checking, and which other ways it accepts; the notice sets none",
            ),
        ],
    },
    {
        id: 'filedInTime',
        clauses: ['A3-17'],
        zh: '案卷、文书和音像在期限内归档，没有人拒绝归档或者据为己有。',
        en: 'Files, documents and recordings are handed over to the archive in time, and nobody keeps them back.',
        facts: [
            here('执法行为、案件办结的时间', 'when the act or the case ended'),
            needed('本机构的归档期限（通知没有规定）', "the unit's own term for filing; the notice sets none"),
            needed('案卷的档号和归档时间', 'the number of the file and when it was filed'),
            needed('移交人、接收人', 'who handed it over and who received it'),
        ],
    },
    {
        id: 'replicated',
        clauses: ['A1-16-1'],
        zh: '每份音像都已上传至本市卫生监督执法视频存储云管理平台。',
        en: "Every recording was uploaded to the city's platform for enforcement videos.",
        facts: [
            here('本机构已入库的音像及其摘要', 'which recordings are stored here, with their digests'),
            needed(
                '平台的回执：平台编号、接收时间、摘要',
                "the platform's receipt: its number there, when it was received, the digest",
            ),
            needed('上传失败的原因和重传记录', 'why an upload failed, and when it was tried again'),
        ],
    },
];

export const rulesToComeOf = (clause: string): readonly RuleToCome[] =>
    RULES_TO_COME.filter(({ clauses }) => clauses.includes(clause));
