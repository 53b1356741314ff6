import type { DocumentContent, Id } from '@liuhen/domain';
import { AT, BASIS, BREACHED, DISPOSAL_BASIS, HELD, PARTY, SEIZED, SEIZURE_BASIS, TITLE } from './penalty-facts.ts';

/** Somebody as a form names them. */
export type Named = { readonly person: Id; readonly name: string; readonly certificate: string };

/** What only people know of each paper; the form begins with the rest. */
const FOUND =
    '2026年10月12日，本机关执法人员对你单位进行监督检查。你单位《医疗机构执业许可证》登记的诊疗科目为口腔科。经查，2026年8月3日至10月11日，你单位为46名顾客实施面部注射填充，收取费用人民币28,000.00元；使用后的注射器46支、预灌封注射器12支和沾有血迹的敷料2袋装入黑色生活垃圾袋3只，置于后门垃圾投放点。';
const EVIDENCE =
    '1. 现场笔录2份；2. 对安沐之的询问笔录1份；3. 现场照片8张；4. 执法记录仪音像2份；5. 收费系统导出数据（电子数据）1份；6. 《医疗机构执业许可证》副本复印件1份；7. 查封、扣押决定书及物品清单1份。';

const noBlanks = { legalRepresentative: PARTY.legalRepresentative, phone: PARTY.phone };

export const visitRecord = (officers: readonly Named[]): DocumentContent => ({
    start: AT.visit,
    end: AT.visitEnd,
    officers,
    answer: '已看清证件，不申请回避。',
    observations:
        '现场出示《医疗机构执业许可证》副本，登记的诊疗科目为口腔科。\n2号诊室治疗台上有已开封的预灌封注射器（填充剂，0.8 ml）2支，批号X2606；墙上价目表列有“面部注射填充 600元/次”。\n收费电脑中“美容”类收费记录46条，日期为2026年8月3日至10月11日。\n后门垃圾投放点有黑色生活垃圾袋3只，袋内有使用后的一次性注射器46支、预灌封注射器12支、沾有血迹的敷料和棉签2袋，与纸屑、餐盒混放。\n以上情况由法定代表人安沐之陪同检查并确认。',
    attachments: [
        { kind: 'photo', ref: '', title: '2号诊室治疗台和价目表，3张', at: 0 },
        { kind: 'photo', ref: '', title: '后门垃圾投放点、黑色垃圾袋内物品，5张', at: 0 },
    ],
});

export const seizureRecord = (officers: readonly Named[], number: string): DocumentContent => ({
    start: AT.seizure,
    end: AT.seizureEnd,
    officers,
    place: '示范路 302 号后门垃圾投放点',
    answer: '已看清证件，不申请回避。',
    observations: `执法人员当场宣读并交付《查封、扣押决定书》（${number}），当场告知采取查封、扣押的理由、依据和当事人依法享有的权利、救济途径，听取了安沐之的陈述和申辩。\n执法人员会同安沐之逐件清点：使用后的一次性注射器46支、预灌封注射器12支、沾有血迹的敷料和棉签2袋、黑色生活垃圾袋3只，与物品清单一致。\n上述物品装入医疗废物专用周转箱2只，加贴封条，运至本机关医疗废物暂存间。`,
    attachments: [{ kind: 'recording', ref: '', title: '执法记录仪 A0173、A0174 全程音像', at: 0 }],
});

export const intake = (officer: Named): DocumentContent => ({
    origin: 'found',
    summary:
        '2026年10月12日9时30分监督检查时，查见该单位登记科目为口腔科，诊室内有已开封的注射填充剂，收费系统有美容类收费记录46条；后门生活垃圾袋内混有使用后的注射器。',
    officers: [officer],
    receivedAt: AT.opened,
});

export const filing = (officers: readonly Named[]): DocumentContent => ({
    caseTitle: TITLE,
    facts: '登记的诊疗科目为口腔科，查见为顾客实施面部注射填充的收费记录46条和已开封的注射填充剂；使用后的注射器、敷料与生活垃圾混放于后门垃圾投放点。',
    breached: BREACHED,
    reason: '有明确的违法嫌疑人和客观的违法事实，属于卫生行政处罚范围，属于本机关管辖。',
    officerOpinion: '建议立案调查，由王予安、李若川承办。',
    officers,
});

export const coercionApproval = (officers: readonly Named[]): DocumentContent => ({
    measure: '扣押',
    urgent: false,
    reason: '使用后的注射器、敷料混入生活垃圾并置于公共投放点，随时会被清运，证据会灭失，并有扩散风险。',
    basis: SEIZURE_BASIS,
    objects: '后门垃圾投放点的使用后注射器58支、沾血敷料2袋和黑色垃圾袋3只。',
    officerOpinion: '建议扣押上述物品，期限30日。',
    unitOpinion: '情况属实，报请批准。',
    officers,
});

export const seizureDecision = (officers: readonly Named[]): DocumentContent => ({
    reason: '将使用后的注射器、敷料混入生活垃圾，涉嫌违反医疗废物管理的规定，上述物品为证明违法行为的证据并有传播疾病的风险',
    basis: SEIZURE_BASIS,
    measure: '扣押',
    from: '2026-10-12',
    to: '2026-11-10',
    keeping: '本机关医疗废物暂存间，专用周转箱加封保管',
    held: HELD ?? [],
    defence: '当事人称清洁工不懂分类，对扣押没有异议。',
    officers,
});

export const itemList = (officers: readonly Named[], number: string): DocumentContent => ({
    parentTitle: '查封、扣押决定书',
    parentNumber: number,
    items: SEIZED,
    officers,
});

export const inquiry = (officers: readonly Named[], recorder: Named): DocumentContent => ({
    place: '示范区卫生健康委员会监督所约谈室 301',
    start: AT.inquiry,
    end: AT.inquiryEnd,
    name: '安沐之',
    sex: 'male',
    age: '41',
    identity: '310199198500000000（虚构）',
    phone: PARTY.phone,
    employer: PARTY.name,
    position: '法定代表人',
    home: '示范区同心路 9 弄 3 号',
    officers,
    recorder: [recorder],
    answer: '看清了，听清了，不申请回避。',
    dialogue: [
        { question: '你单位登记的诊疗科目是什么？', answer: '口腔科，没有别的。' },
        { question: '收费系统里“美容”类46条记录是什么项目？', answer: '是给客人打填充针，八月初开始做的，到十月十一日。' },
        { question: '由谁注射？有无医疗美容的登记？', answer: '是外面请来的人注射的，没有登记过医疗美容。' },
        { question: '共收取多少费用？', answer: '一共两万八千元，都在收费系统里。' },
        { question: '使用后的注射器为什么在生活垃圾袋里？', answer: '清洁工图方便，一起装了，我们没有管住。' },
        { question: '你还有什么要说明的？', answer: '当天就停了，愿意改正，请从轻。' },
    ],
});

export const investigationReport = (officers: readonly Named[]): DocumentContent => ({
    caseTitle: TITLE,
    course: '2026年10月12日监督检查发现，同日经行政机关负责人批准扣押涉案物品，10月13日立案；10月14日询问法定代表人安沐之，10月15日提取收费系统电子数据。',
    facts: FOUND.replaceAll('你单位', '该单位'),
    evidence: EVIDENCE,
    breached: BREACHED,
    disputes: '无。',
    basis: BASIS,
    proposal:
        '没收违法所得人民币28,000.00元；合并罚款人民币68,000.00元；警告。数额较大，建议告知听证权利并经法制审核和集体讨论。',
    officers,
    day: '2026-10-16',
});

export const panel = (presider: Named, participants: readonly Named[], recorder: Named): DocumentContent => ({
    caseTitle: TITLE,
    start: AT.panel,
    end: AT.panelEnd,
    place: '监督所二楼会议室',
    presider: [presider],
    participants,
    recorder: [recorder],
    introduction: '承办人王予安介绍案情、调查经过和证据。',
    evidence: EVIDENCE,
    discussion:
        '许知夏：事实清楚，证据充分，程序合法。\n王予安：违法持续两个月余，收费46人次，建议合并罚款六万八千元。\n李若川：同意，当事人已停止并配合，不宜再加重。',
    proposal: '没收违法所得28,000.00元，合并罚款68,000.00元，警告；属于较大数额罚款，告知听证权利，送法制审核，提请集体讨论。',
});

export const hearingRight: DocumentContent = {
    ...noBlanks,
    facts: '超出登记的诊疗科目开展面部注射填充、将使用后的注射器和敷料混入生活垃圾',
    evidence: '现场笔录、询问笔录、照片、音像记录、电子数据',
    breached: BREACHED,
    basis: BASIS,
    penalty: '1. 警告；2. 没收违法所得人民币贰万捌仟元整（¥28,000.00）；3. 合并罚款人民币陆万捌仟元整（¥68,000.00）。',
    fine: 68_000_00,
    reason: '违法行为持续两个月余，收费46人次；当事人配合调查并已停止，适用一般裁量阶次。',
    contact: '示范路 1 号，王予安、李若川，021-00000110',
};

export const hearingNotice = (presider: Named): DocumentContent => ({
    caseTitle: TITLE,
    at: AT.hearing,
    place: '监督所约谈室 301',
    open: 'open',
    presider: [presider],
    contact: '示范路 1 号，021-00000110',
});

export const hearingRecord = (presider: Named, recorder: Named, investigators: readonly Named[]): DocumentContent => ({
    caseTitle: TITLE,
    start: AT.hearing,
    end: AT.hearingEnd,
    place: '监督所约谈室 301',
    open: 'open',
    presider: [presider],
    recorder: [recorder],
    investigators,
    agents: '法定代表人安沐之，委托代理人律师秦白（虚构）',
    opening: '主持人宣布听证开始，核对参加人身份，告知权利义务并询问是否申请回避。\n安沐之、秦白：听清了，不申请回避。',
    accusation:
        '王予安宣读查明的事实，出示现场笔录、询问笔录、照片、音像记录和收费系统电子数据，建议没收违法所得28,000.00元，合并罚款68,000.00元，警告。',
    defence:
        '秦白：对事实没有异议。其中11条收费记录为洁牙后赠送的护理，不是注射，请核减；当事人检查当日即停止并退费9人，请从轻。\n李若川：11条记录的项目名称与注射不同，可以核减，其余35条事实清楚。',
    lastWords: '安沐之：已经停止，今后按登记的科目执业，医疗废物专人分类，请从轻处罚。',
});

export const hearingOpinion = (presider: Named): DocumentContent => ({
    caseTitle: TITLE,
    start: AT.hearing,
    end: AT.hearingEnd,
    place: '监督所约谈室 301',
    participants: '安沐之、秦白（虚构）、王予安、李若川',
    disputes: '收费记录中11条是否属于注射填充；是否具有从轻情节。',
    opinion:
        '11条记录的项目名称为护理，证据不足以认定为注射，予以核减；其余35人次事实清楚、证据充分。当事人当日停止并退费，可以从轻。',
    proposal: '认定35人次，违法所得核定为人民币21,000.00元；建议合并罚款减为人民币56,000.00元。',
    presider: [presider],
});

export const legalOpinion = (officers: readonly Named[], reviewer: Named): DocumentContent => ({
    caseTitle: TITLE,
    draft: '行政处罚决定书（送审稿）',
    officers,
    reviewer: [reviewer],
    reason: 'afterHearing',
    review: '主体适格，管辖正确；事实清楚，证据充分；已告知陈述申辩和听证权利并举行听证，听证意见已采纳；裁量适当，未因申辩加重；文书要素齐全。',
    opinion: '同意拟作出的决定。',
});

export const discussion = (presider: Named, participants: readonly Named[], recorder: Named): DocumentContent => ({
    caseTitle: TITLE,
    start: AT.discussion,
    end: AT.discussionEnd,
    place: '委机关三楼会议室',
    presider: [presider],
    participants,
    recorder: [recorder],
    report: '汇报案情、听证情况、听证意见和法制审核意见。',
    discussion: `${participants.map(({ name }) => `${name}：同意核减11条记录，同意从轻。`).join('\n')}`,
    decision: '警告；没收违法所得21,000.00元；合并罚款56,000.00元。扣押的医疗废物依法销毁。',
});

export const decision: DocumentContent = {
    ...noBlanks,
    caseTitle: TITLE,
    facts: FOUND.replace('46名顾客', '35名顾客').replace('28,000.00', '21,000.00'),
    evidence: EVIDENCE,
    breached: BREACHED,
    defence:
        '本机关于2026年10月20日告知你单位拟作出的处罚及陈述、申辩、听证的权利；你单位申请听证，本机关于2026年11月5日公开举行听证。对收费记录11条不属于注射填充的意见和已停止、退费的情节，本机关予以采纳。',
    basis: BASIS,
    penalty: '1. 警告；2. 没收违法所得人民币贰万壹仟元整（¥21,000.00）；3. 合并罚款人民币伍万陆仟元整（¥56,000.00）。',
    fine: 56_000_00,
    day: '2026-11-10',
};

export const disposal = (officers: readonly Named[], number: string): DocumentContent => ({
    seizedOn: '2026-10-12',
    seizureNumber: number,
    basis: DISPOSAL_BASIS,
    disposal:
        '使用后的一次性注射器46支、预灌封注射器12支、沾有血迹的敷料和棉签2袋及黑色垃圾袋3只，属于医疗废物，交由医疗废物集中处置单位依法销毁，处置费用由你单位承担。',
    officers,
});

export const closing = (officers: readonly Named[], number: string): DocumentContent => ({
    caseTitle: TITLE,
    filedOn: '2026-10-13',
    decidedOn: '2026-11-10',
    decisionNumber: number,
    performed:
        '2026年11月20日，当事人到指定银行缴纳罚款56,000.00元和没收的违法所得21,000.00元，票据已附卷；扣押物品已销毁，转移联单已附卷。',
    reason: '行政处罚决定执行完毕。',
    officerOpinion: '建议结案归档。',
    officers,
    closedOn: '2026-11-20',
});

export const leftReceipt = (witness: string): DocumentContent => ({
    place: '示范路 302 号前台',
    mode: 'lien',
    servedAt: AT.servedEnd,
    receivedBy: '无',
    witness,
    refusal: '安沐之在场，称对罚款数额有意见，拒绝签收；执法人员说明后将文书留置于前台，全程由执法记录仪 A0173、A0174 记录。',
    note: '无',
});
