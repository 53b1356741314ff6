import type { DocumentContent, FieldRow } from '@liuhen/domain';
import { shanghai } from '../stage.ts';

type Rows = readonly FieldRow[];

const BASIS = [
    { law: 'disinfection2017', article: 4 },
    { law: 'medicalWaste2011', article: 12 },
];

export const approval = (officers: Rows): DocumentContent => ({
    item: '医疗机构消毒隔离和医疗废物管理监督检查',
    kind: 'random',
    code: '/',
    plannedOn: '2026-10-28',
    officers,
    basis: BASIS,
    content: '现场检查诊室、消毒室和医疗废物暂存处，查阅灭菌登记和医疗废物交接登记；全程音像记录。',
    officerOpinion: '该单位由双随机抽取产生，拟于 2026 年 10 月 28 日开展检查，请审批。',
});

export const sceneRecord: DocumentContent = {
    answer: '已看清证件，不申请回避。',
    observations:
        '现场检查时该单位正在营业，出示《医疗机构执业许可证》副本，登记号与悬挂的正本一致。2 楼诊疗区有牙科综合治疗台 4 台，就诊患者 2 人。\n消毒室内有压力蒸汽灭菌器 1 台，台面上放置已拆封的牙科手机 3 支，包装袋上未见灭菌日期和失效日期。查见 2026 年 10 月灭菌登记本，10 月 26 日、27 日两日无登记。\n医疗废物暂存处上锁，专用包装袋和利器盒有警示标识；查见 10 月医疗废物交接登记，每日均有交接双方签名。\n以上情况由在场人员沈颐陪同检查并确认。',
    attachments: [
        { kind: 'photo', ref: '', title: '消毒室台面，牙科手机 3 支', at: 0 },
        { kind: 'recording', ref: '', title: '执法记录仪 A0173，清点牙科手机', at: shanghai('2026-10-28 14:06') },
    ],
};

export const opinion: DocumentContent = {
    opinion:
        '经监督检查，你单位存在以下问题：\n1. 消毒室内已拆封的牙科手机 3 支未标明灭菌日期和失效日期；\n2. 10 月 26 日、27 日两日无灭菌登记。\n请按下列期限改正，并将改正情况书面报告本机关。',
    citations: [{ law: 'disinfection2017', article: 4 }],
    correctBy: '2026-11-05',
};

export const interruption = (officers: Rows): DocumentContent => ({
    place: '示范路 188 号 2 楼诊疗区',
    device: 'A0174',
    officers,
    start: shanghai('2026-10-28 14:05:40'),
    end: shanghai('2026-10-28 14:06:16'),
    reason: '记录仪自动分段时异常停止，发现后立即重新开启。',
    whySilent: '停止时没有提示音，当时正在清点牙科手机，未能在音像记录中说明。',
    meanwhile: '中断期间继续清点牙科手机，由王予安的记录仪 A0173 连续记录。',
});

export const followUpRecord: DocumentContent = {
    answer: '已看清证件，不申请回避。',
    observations:
        '本次为复查。消毒室内存放的牙科手机均独立包装，包装袋上标有灭菌日期和失效日期。查见灭菌登记本，10 月 29 日至 11 月 5 日每日均有登记，记载灭菌器编号、温度、时间和操作人。\n该单位出示 2026 年 11 月 4 日的书面改正报告 1 份。\n以上情况由在场人员沈颐陪同检查并确认。',
    attachments: [{ kind: 'photo', ref: '', title: '灭菌登记本 10 月 29 日至 11 月 5 日', at: 0 }],
};
