import type { PrintBlock, PrintCell, PrintModel } from '../document/print/print-model.ts';
import { printInstant } from '../document/print/print-value.ts';
import type { Instant } from '../kernel/instant.ts';
import type { DiscMedium } from '../proof/package/disc-media.ts';
import type { RetrievalPurpose, RetrievalSource } from './retrieval.ts';

/** What the papers of a retrieval say; names and words as they stand in the register. */
export type RetrievalPaperFacts = {
    readonly agency: string;
    readonly number: string;
    readonly source: RetrievalSource;
    /** Number of the act or case; empty for recordings that were chosen. */
    readonly of: string;
    readonly purpose: RetrievalPurpose;
    readonly proceeding: string;
    readonly basis: string;
    readonly recipient: string;
    readonly reason: string;
    readonly requestedBy: string;
    readonly requestedAt: Instant;
    readonly decidedBy: string;
    readonly decidedAt: Instant;
    readonly opinion: string | null;
};

export type PaperRecording = {
    readonly name: string;
    readonly officer: string | null;
    readonly device: string | null;
    readonly start: Instant | null;
    /** Bytes, decimal. */
    readonly size: string;
    readonly sha256: string;
    readonly sm3: string;
};

/** A paper of a document that goes into the package. */
export type PaperDocument = Pick<PaperRecording, 'name' | 'size' | 'sha256' | 'sm3'>;

const PURPOSES: Readonly<Record<RetrievalPurpose, string>> = {
    penalty: '行政处罚',
    coercion: '行政强制',
    reconsideration: '行政复议',
    litigation: '行政诉讼',
    criminal: '移送司法机关',
    supervision: '监察、督察',
    other: '其他',
};
const SOURCES: Readonly<Record<RetrievalSource, string>> = { act: '执法行为', case: '案件', recordings: '选定的音像资料' };

/**
 * 文字说明材料 (附件1 第20条: 注明制作人、提取人、提取时间等信息). `maker` is who had the statement and the copies made, `takenAt` when the
 * copies were taken from storage.
 */
export function retrievalStatement(
    facts: RetrievalPaperFacts,
    made: {
        readonly maker: string;
        readonly takenAt: Instant;
        readonly recordings: readonly PaperRecording[];
        readonly documents: readonly PaperDocument[];
    },
): PrintModel {
    return paper(facts, '音像资料调取说明', [
        ...requestOf(facts),
        { kind: 'heading', text: '制作和提取' },
        {
            kind: 'grid',
            cells: [
                cell('制作人', made.maker, 3),
                cell('提取人', made.maker, 3),
                cell('提取时间', printInstant(made.takenAt), 6),
                cell('提取方式', '从音像资料存储中逐块核对摘要后原样复制，没有剪辑、转码或者改动', 6),
            ],
        },
        { kind: 'heading', text: `音像资料（${made.recordings.length} 份）` },
        ...made.recordings.map((each, index): PrintBlock => ({ kind: 'grid', whole: true, cells: recordingOf(each, index + 1) })),
        ...(made.documents.length === 0 ? [] : [documentsHeading(made.documents.length)]),
        ...made.documents.map((each, index): PrintBlock => ({ kind: 'grid', whole: true, cells: documentOf(each, index + 1) })),
    ]);
}

/** The chart of one act and the same in words; without a picture where nothing has a time. */
export type PaperChart = {
    readonly act: string;
    /** Which clock, and how far each recorder is off. */
    readonly note: string;
    readonly picture: {
        readonly svg: string;
        readonly columns: readonly string[];
        readonly rows: readonly (readonly string[])[];
    } | null;
};

/** Widths of the columns of a chart's table: the row, what, from, to, how long, and what is said of it. */
const CHART_WIDTHS = [3, 4, 3, 3, 3, 7] as const;

/** 执法过程图: documents, recorders and marks of the acts on one time axis, as they stood at `takenAt`. */
export function retrievalChart(
    facts: RetrievalPaperFacts,
    made: { readonly takenAt: Instant; readonly charts: readonly PaperChart[] },
): PrintModel {
    return paper(
        facts,
        '执法过程时间对照图',
        made.charts.flatMap(({ act, note, picture }): PrintBlock[] => [
            { kind: 'heading', text: act },
            said(`${note}。按 ${printInstant(made.takenAt)} 的登记绘制`),
            ...(picture === null ? [said('没有填写起止时间，也没有带时间的音像资料，无图可画')] : drawn(picture)),
        ]),
    );
}

const said = (text: string): PrintBlock => ({ kind: 'paragraph', label: '', parts: [{ kind: 'fixed', text: `${text}。` }] });

const drawn = ({ svg, columns, rows }: NonNullable<PaperChart['picture']>): PrintBlock[] => [
    { kind: 'picture', svg },
    {
        kind: 'table',
        columns: columns.map((label, index) => ({ label, width: CHART_WIDTHS[index] ?? 3, right: false, number: false })),
        rows,
        breaks: true,
    },
];

/** 签收单: what both sides sign when the package changes hands. Lines for the signatures are left empty. */
export function retrievalReceipt(
    facts: RetrievalPaperFacts,
    given: {
        readonly file: string;
        readonly size: string;
        readonly sha256: string;
        readonly manifestSha256: string;
        readonly recordings: number;
        /** Discs that were made of it. */
        readonly discs: readonly (PaperDisc & { readonly medium: DiscMedium })[];
    },
): PrintModel {
    const discs = given.discs.flatMap((disc): PrintBlock[] => [
        {
            kind: 'grid',
            whole: true,
            cells: [
                cell('光盘', `${MEDIA[disc.medium]} 第 ${disc.volume} 张，共 ${disc.volumes} 张`, 3),
                cell('卷标', disc.label, 3),
                cell('映像字节数', disc.size, 6),
                cell('映像 SHA-256', groups(disc.sha256), 6),
            ],
        },
    ]);
    return paper(facts, '音像资料调取签收单', [
        ...requestOf(facts),
        { kind: 'heading', text: '交付的证据包' },
        {
            kind: 'grid',
            cells: [
                cell('文件名', given.file, 6),
                cell('音像资料', `${given.recordings} 份`, 3),
                cell('字节数', given.size, 3),
                cell('证据包 SHA-256', groups(given.sha256), 6),
                cell('清单 SHA-256', groups(given.manifestSha256), 6),
                cell('交付介质和编号', '', 6),
            ],
        },
        ...(discs.length === 0 ? [] : [{ kind: 'heading', text: '以光盘交付的，所用光盘' } as const, ...discs]),
        { kind: 'heading', text: '签收' },
        {
            kind: 'grid',
            whole: true,
            cells: [
                // What is signed stands on the page of the signatures: a page that bears only them could be put behind other words.
                cell('签收的证据包 SHA-256', groups(given.sha256), 6),
                cell('交付人签名', '', 3),
                cell('交付时间', '', 3),
                cell('接收人签名', '', 3),
                cell('接收时间', '', 3),
                cell('接收单位和证件号', '', 6),
            ],
        },
    ]);
}

/** Words for a kind of disc, with what it is sold as. */
const MEDIA: Readonly<Record<DiscMedium, string>> = { dvd: 'DVD 光盘（4.7 GB）', bd: '蓝光光盘（25 GB）' };

/** What papers say of one disc; the size of its image in bytes. */
type PaperDisc = {
    readonly volume: number;
    readonly volumes: number;
    readonly label: string;
    readonly size: string;
    readonly sha256: string;
};

/** 光盘标签: what goes on or with each disc, so that one that lies alone says what it is and how many there are. */
export function retrievalDiscLabels(
    facts: RetrievalPaperFacts,
    made: {
        readonly medium: DiscMedium;
        readonly manifestSha256: string;
        readonly discs: readonly (PaperDisc & { readonly fileName: string })[];
    },
): PrintModel {
    return paper(
        facts,
        '证据包光盘标签',
        made.discs.flatMap((disc): PrintBlock[] => [
            { kind: 'heading', text: `${facts.number} 第 ${disc.volume} 张，共 ${disc.volumes} 张` },
            {
                kind: 'grid',
                cells: [
                    cell('光盘', MEDIA[made.medium], 3),
                    cell('卷标', disc.label, 3),
                    cell('映像文件', disc.fileName, 6),
                    cell('映像字节数', disc.size, 6),
                    cell('映像 SHA-256', groups(disc.sha256), 6),
                    cell('清单 SHA-256', groups(made.manifestSha256), 6),
                    cell('接收单位和接收人', facts.recipient, 6),
                    cell('刻录人和时间', '', 6),
                ],
            },
        ]),
    );
}

const cell = (label: string, value: string, share: number): PrintCell => ({ label, value, share });

const requestOf = (facts: RetrievalPaperFacts): PrintBlock[] => [
    { kind: 'heading', text: '申请和同意' },
    {
        kind: 'grid',
        cells: [
            cell('调取自', `${SOURCES[facts.source]}${facts.of === '' ? '' : ` ${facts.of}`}`, 3),
            cell('用途', PURPOSES[facts.purpose], 3),
            cell('用于的程序或案号', facts.proceeding, 6),
            cell('调取依据', facts.basis, 6),
            cell('接收单位和接收人', facts.recipient, 6),
            cell('调取理由', facts.reason, 6),
            cell('申请人', facts.requestedBy, 3),
            cell('申请时间', printInstant(facts.requestedAt), 3),
            cell('同意调取的本机构负责人', facts.decidedBy, 3),
            cell('同意时间', printInstant(facts.decidedAt), 3),
            cell('审批意见', facts.opinion ?? '同意', 6),
        ],
    },
];

const recordingOf = (each: PaperRecording, place: number): PrintCell[] => [
    cell(`${place}. 文件名`, each.name, 6),
    cell('录制人', each.officer ?? '未登记', 3),
    cell('执法记录仪', each.device ?? '未登记', 3),
    cell('设备时间', each.start === null ? '未登记' : printInstant(each.start), 3),
    cell('字节数', each.size, 3),
    ...digestsOf(each),
];

const documentsHeading = (count: number): PrintBlock => ({ kind: 'heading', text: `文书（${count} 件）` });

const documentOf = (each: PaperDocument, place: number): PrintCell[] => [
    cell(`${place}. 文书`, each.name, 6),
    cell('字节数', each.size, 6),
    ...digestsOf(each),
];

const digestsOf = ({ sha256, sm3 }: { readonly sha256: string; readonly sm3: string }): PrintCell[] => [
    cell('SHA-256', groups(sha256), 6),
    cell('SM3', groups(sm3), 6),
];

/** A line breaks between groups only, and eyes that compare them find their place again. */
const groups = (digest: string): string => (digest.match(/.{1,8}/g) ?? []).join(' ');

const paper = (facts: RetrievalPaperFacts, title: string, blocks: readonly PrintBlock[]): PrintModel => ({
    layout: 'form',
    agency: facts.agency,
    title,
    numberLabel: '编号',
    number: facts.number,
    blocks,
    pageSigners: [],
    copiesNote: '',
    code: '',
    codeLabel: '',
    draft: false,
    watermark: '',
    marks: [],
});
