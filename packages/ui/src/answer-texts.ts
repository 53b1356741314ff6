import type { DetailCode, Locale, Params, Statement, StatementCode, StatementStatus } from '@liuhen/domain';
import { formatCount, formatDateTime, formatDuration, formatPermille, HOUR } from '@liuhen/domain';
import { fill } from './fill.ts';

/** Words of the answer row: one sentence for every code the domain can say. */
export type AnswerTexts = {
    readonly locale: Locale;
    readonly status: Record<StatementStatus, string>;
    readonly statement: Record<StatementCode, string>;
    readonly detail: Record<DetailCode, string>;
    /** `gaps.open` where a person must judge first whether they are gaps. */
    readonly gapsToJudge: string;
    readonly separator: string;
    readonly hours: string;
};

export const answerZh: AnswerTexts = {
    locale: 'zh-CN',
    separator: '；',
    gapsToJudge: '{count} 处 {length}未见音像，待人判断',
    hours: '{count} 小时',
    status: { held: '符合', act: '需处理', judge: '待人判断', broken: '不符合' },
    statement: {
        'twoOfficers.present': '{count} 名监督员在场',
        'twoOfficers.partly': '有 {missing}不足两名监督员',
        'twoOfficers.fewer': '只有 {count} 名监督员',
        'twoOfficers.certificateUnknown': '{unknown} 名监督员证号待核',
        'twoOfficers.noTimes': '起止时间未填，不能判断是否两人在场',
        'twoOfficers.notOnSite': '没有现场环节，不要求两人在场',
        'coverage.full': '全程覆盖 {permille}',
        'coverage.answered': '覆盖 {permille}，其余均已说明或免录',
        'coverage.exempt': '全部不作音像记录，已确认',
        'coverage.gapsOpen': '全程覆盖 {permille}',
        'coverage.unexcused': '有人没有音像或者开机晚，说明不能代替记录（全程覆盖 {permille}）',
        'coverage.noteMissing': '缺未作音像记录工作记录',
        'coverage.roomReason': '覆盖 {permille}，未说明为何不在音像记录场所录制',
        'coverage.exemptWaiting': '覆盖 {permille}，不作音像记录待确认',
        'coverage.wanted': '覆盖 {permille}，此情形不强制全程录像',
        'coverage.notDue': '已到 {permille}，未到入库时限',
        'coverage.uncertain': '覆盖 {permille}，缺口在时钟误差之内',
        'coverage.openEnded': '覆盖待判断：{openEnded} 个文件时长不明（至少 {permille}）',
        'coverage.deviceClock': '按设备时间覆盖 {permille}',
        'coverage.none': '没有音像资料',
        'coverage.noTimes': '起止时间未填，不能计算覆盖',
        'documentTimes.agree': '文书与音像时间一致',
        'documentTimes.differ': '文书与音像时间不一致',
        'documentTimes.unknown': '文书与音像时间待核',
        'documentTimes.exempt': '不作音像记录，无可比对的时间',
        'documentTimes.noDocument': '尚无载明起止时间的文书',
        'stored.inTime': '{longest}内入库',
        'stored.damaged': '{damaged} 个文件已损坏，存储的内容与入库时不一致',
        'stored.late': '{late} 个文件超时入库，最长 {longest}',
        'stored.waiting': '等待入库，已过 {longest}',
        'stored.byDeviceClock': '按设备时间 {longest}内入库',
        'stored.endUnknown': '{unknown} 个文件结束时间不明，是否按时入库待判断',
        'stored.unsure': '{unsure} 个文件是否超时在时间误差以内，待判断',
        'stored.nothing': '尚无音像入库',
        'stored.exempt': '不作音像记录，无须入库',
        'speech.confirmed': '开始告知与结束语已确认',
        'speech.waiting': '{waiting} 处用语待确认',
    },
    detail: {
        'certificates.valid': '证号有效',
        'certificates.invalid': '{count} 人证号无效，不计入',
        'certificates.unknown': '{count} 人证号待核',
        'recorders.all': '均有记录仪音像',
        'recorders.missing': '{count} 人没有记录仪音像',
        'recorders.exempt': '{count} 人只在免录的环节，其余均有音像',
        'gaps.none': '没有中断',
        'gaps.open': '{count} 处 {length}待解释',
        'gaps.wanted': '{count} 处 {length}未录，不强制',
        'gaps.spokenFar': '{count} 处标有口述原因，离中断 {far}，超过 {limit}，不作为说明',
        'gaps.confirmed': '{count} 处 {length}已确认违规',
        'gaps.disputed': '{count} 处 {length}异议成立',
        'gaps.unexcused': '{count} 处 {length}没有记录或者开机晚，虽有说明，仍不符合',
        'gaps.saidOfOther': '{count} 处的说明写的是别的时段，不作为说明',
        'gaps.answered': '{count} 处 {length}已说明',
        'gaps.exempt': '另有 {count} 处 {length}免录',
        'gaps.exemptWaiting': '{count} 处 {length}免录待确认',
        'exemption.noteMissing': '{count} 处不可抗力缺书面工作记录',
        'room.reasonMissing': '{count} 个环节未指定音像记录场所，也未说明原因',
        'room.substitute': '{count} 个环节以执法记录仪代替场所录像',
        'gaps.tolerated': '起止处合计相差 {length}，每处在容许误差内',
        'gaps.due': '{count} 处待入库，时限 {due}',
        'clock.device': '{count} 台记录仪尚未校时',
        'recordings.untimed': '{count} 个文件时间不明',
        'recordings.openEnded': '{count} 个文件只知开始时间',
        'start.agrees': '开始相差 {abs}',
        'start.differs': '开始相差 {abs}',
        'start.encloses': '开始已录入，用语待标记',
        'start.short': '开始后 {abs}才有音像',
        'start.unknown': '开始待核',
        'end.agrees': '结束相差 {abs}',
        'end.differs': '结束相差 {abs}',
        'end.encloses': '结束已录入，用语待标记',
        'end.short': '结束前 {abs}已无音像',
        'end.unknown': '结束待核',
        'stored.limit': '时限 {limit}',
        'speech.opening.confirmed': '开始告知已确认',
        'speech.opening.proposed': '开始告知待确认',
        'speech.opening.missing': '开始告知未标记',
        'speech.closing.confirmed': '结束语已确认',
        'speech.closing.proposed': '结束语待确认',
        'speech.closing.missing': '结束语未标记',
    },
};

export const answerEn: AnswerTexts = {
    locale: 'en',
    separator: '; ',
    gapsToJudge: '{count} gap{countS}, {length}, for a person to judge',
    hours: '{count} h',
    status: { held: 'held', act: 'to be acted on', judge: 'to be judged by a person', broken: 'not met' },
    statement: {
        'twoOfficers.present': '{count} officer{countS} present',
        'twoOfficers.partly': 'Fewer than two officers for {missing}',
        'twoOfficers.fewer': 'Only {count} officer{countS}',
        'twoOfficers.certificateUnknown': '{unknown} certificate{unknownS} to be checked',
        'twoOfficers.noTimes': 'Start and end missing: presence unknown',
        'twoOfficers.notOnSite': 'Nothing on site: two officers are not asked for',
        'coverage.full': 'Recorded throughout, {permille}',
        'coverage.answered': '{permille} recorded, the rest explained or exempt',
        'coverage.exempt': 'Exempt from recording throughout, confirmed',
        'coverage.gapsOpen': '{permille} recorded',
        'coverage.unexcused': 'Somebody recorded nothing or began late, and words do not take its place ({permille} recorded)',
        'coverage.noteMissing': 'The written work record is missing',
        'coverage.roomReason': '{permille} recorded, no reason why not in a recording room',
        'coverage.exemptWaiting': '{permille} recorded, an exemption waits to be confirmed',
        'coverage.wanted': '{permille} recorded, recording throughout is no must here',
        'coverage.notDue': '{permille} arrived, not due yet',
        'coverage.uncertain': '{permille} recorded, gap within clock error',
        'coverage.openEnded': 'Coverage to be judged: {openEnded} file{openEndedS} of unknown length (at least {permille})',
        'coverage.deviceClock': '{permille} recorded by device time',
        'coverage.none': 'No footage at all',
        'coverage.noTimes': 'Start and end missing: coverage unknown',
        'documentTimes.agree': 'Document and footage agree',
        'documentTimes.differ': 'Document and footage differ',
        'documentTimes.unknown': 'Document and footage to be compared',
        'documentTimes.exempt': 'Exempt from recording: no times to compare',
        'documentTimes.noDocument': 'No document states the times yet',
        'stored.inTime': 'Stored within {longest}',
        'stored.damaged': '{damaged} file{damagedS} damaged: what is stored is not what was received',
        'stored.late': '{late} file{lateS} late, longest {longest}',
        'stored.waiting': 'Waiting for files since {longest}',
        'stored.byDeviceClock': 'Stored within {longest} by device time',
        'stored.endUnknown': '{unknown} file{unknownS} without a known end: in time or not is to be judged',
        'stored.unsure': '{unsure} file{unsureS} late or not within the uncertainty of the clock: to be judged',
        'stored.nothing': 'Nothing stored yet',
        'stored.exempt': 'Exempt from recording: nothing to store',
        'speech.confirmed': 'Opening and closing words confirmed',
        'speech.waiting': '{waiting} spoken statement{waitingS} to confirm',
    },
    detail: {
        'certificates.valid': 'certificates valid',
        'certificates.invalid': '{count} without a valid certificate, not counted',
        'certificates.unknown': '{count} certificate{countS} to be checked',
        'recorders.all': 'each with own footage',
        'recorders.missing': '{count} without own footage',
        'recorders.exempt': '{count} where nothing had to be recorded, the others with own footage',
        'gaps.none': 'no gap',
        'gaps.open': '{count} gap{countS}, {length}, to be explained',
        'gaps.wanted': '{count} gap{countS}, {length}, where recording is no must',
        'gaps.spokenFar': '{count} with a reason spoken {far} away, farther than {limit}: no explanation',
        'gaps.confirmed': '{count} gap{countS}, {length}, violation confirmed',
        'gaps.disputed': '{count} gap{countS}, {length}, dispute upheld',
        'gaps.unexcused': '{count} gap{countS}, {length}: nothing recorded or begun late, explained and still not met',
        'gaps.saidOfOther': '{count} with words about another time: no explanation',
        'gaps.answered': '{count} gap{countS}, {length}, explained',
        'gaps.exempt': '{length} exempt besides',
        'gaps.exemptWaiting': '{count} exemption{countS}, {length}, to be confirmed',
        'exemption.noteMissing': '{count} written work record{countS} missing',
        'room.reasonMissing': '{count} stage{countS} without a recording room or a reason',
        'room.substitute': '{count} stage{countS} recorded by a worn recorder instead of the room',
        'gaps.tolerated': '{length} at the edges in all, each within the tolerance',
        'gaps.due': '{count} gap{countS} due {due}',
        'clock.device': '{count} recorder{countS} without a clock check',
        'recordings.untimed': '{count} file{countS} without a time',
        'recordings.openEnded': '{count} file{countS} with a start only',
        'start.agrees': 'start differs by {abs}',
        'start.differs': 'start differs by {abs}',
        'start.encloses': 'start is recorded, words not marked',
        'start.short': 'footage begins {abs} late',
        'start.unknown': 'start to be compared',
        'end.agrees': 'end differs by {abs}',
        'end.differs': 'end differs by {abs}',
        'end.encloses': 'end is recorded, words not marked',
        'end.short': 'footage ends {abs} early',
        'end.unknown': 'end to be compared',
        'stored.limit': 'limit {limit}',
        'speech.opening.confirmed': 'opening confirmed',
        'speech.opening.proposed': 'opening to be confirmed',
        'speech.opening.missing': 'opening not marked',
        'speech.closing.confirmed': 'closing confirmed',
        'speech.closing.proposed': 'closing to be confirmed',
        'speech.closing.missing': 'closing not marked',
    },
};

/** Title and second line of one statement in words. */
export function statementWords(
    { code, status, params, details }: Statement,
    texts: AnswerTexts,
): { readonly title: string; readonly detail: string } {
    const sentence = (of: DetailCode) => (of === 'gaps.open' && status === 'judge' ? texts.gapsToJudge : texts.detail[of]);
    const detail = details.map((each) => fill(sentence(each.code), inWords(each.params, texts))).join(texts.separator);
    return { title: fill(texts.statement[code], inWords(params, texts)), detail };
}

/** `lengthMs` becomes `{length}` in words, `dueAt` becomes `{due}`, `permille` a percentage, everything else a count, with `{countS}` for the plural. */
function inWords(params: Params, { locale, hours }: AnswerTexts): Record<string, string> {
    return Object.fromEntries(
        Object.entries(params).flatMap(([key, value]) => {
            if (key === 'permille') return [[key, formatPermille(value)]];
            // The law counts this limit in hours: 24 小时, not 1 天.
            if (key === 'limitMs' && value % HOUR === 0) return [['limit', fill(hours, { count: value / HOUR })]];
            if (key.endsWith('Ms')) return [[key.slice(0, -2), formatDuration(value, locale, 2)]];
            if (key.endsWith('At')) return [[key.slice(0, -2), formatDateTime(value, locale)]];
            return [
                [key, formatCount(value, locale)],
                [`${key}S`, value === 1 ? '' : 's'],
            ];
        }),
    );
}
