import type { DocumentContent } from '@liuhen/domain';
import { shanghai } from '../stage.ts';

export const SAID = {
    subject: '半夏理发店毛巾未消毒反复使用',
    content: '反映同心路 31 弄 5 号半夏理发店给顾客使用的毛巾用后只晾干，不清洗消毒又给下一位顾客使用，要求核查并答复。',
};

/** Invented, sealed, and nowhere else in the story. */
export const COMPLAINANT = { name: '阮清和', phone: '13000000042', other: '通过热线反映，要求保密' };

export const sceneRecord: DocumentContent = {
    answer: '已看清证件，不申请回避。',
    observations:
        '现场检查时该店正在营业，悬挂《公共场所卫生许可证》，许可项目为理发。店堂有理发椅 3 张，顾客 1 人。\n消毒间内有毛巾消毒柜 1 台，未接通电源，柜内温度计读数 24℃。洗头区毛巾架上晾有使用过的毛巾 6 条，无清洗消毒标识；工作人员取其中 1 条供顾客使用。\n查见《用品用具清洗消毒登记》，2026 年 10 月 30 日以后无登记。\n以上情况由在场人员夏半陪同检查并确认。',
    attachments: [
        { kind: 'photo', ref: '', title: '毛巾架，毛巾 6 条', at: 0 },
        { kind: 'recording', ref: '', title: '执法记录仪 A0173，消毒柜未通电', at: shanghai('2026-11-03 15:10') },
    ],
};

/** Fen: a warning, and 200 yuan. */
export const FINE = 200_00;

export const spotPenalty = (remedies: string): DocumentContent => ({
    at: shanghai('2026-11-03 15:10'),
    facts: '2026 年 11 月 3 日，本机关执法人员在你店检查时，查见毛巾消毒柜未接通电源，毛巾架上使用过的毛巾 6 条未经清洗消毒，工作人员取其中 1 条供顾客使用；10 月 30 日以后无清洗消毒登记。以上事实有现场笔录、照片和现场音像记录为证。',
    breached: [{ law: 'publicPlaceRules2017', article: 14 }],
    basis: [{ law: 'publicPlaceRules2017', article: 36 }],
    penalty: 'both',
    fine: FINE,
    payment: 'bank',
    defence: '当事人未提出陈述、申辩。',
    remedies,
});

export const TITLE = '半夏理发店（虚构）未按规定对顾客用品用具进行清洗消毒案';

export const ANSWER =
    '您反映的问题已于 2026 年 11 月 3 日现场核查，反映情况属实。该店使用未经清洗消毒的毛巾，已当场给予警告并罚款的行政处罚，责令改正；罚款已缴清，店内消毒柜已恢复使用。感谢您的监督。';
