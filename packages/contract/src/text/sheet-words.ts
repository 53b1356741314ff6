import type { Language } from './index.ts';

/** What is printed on a daily sheet. */
const sheetZh = {
    title: '存证日志每日核对单',
    day: '日期',
    log: '日志名称',
    wholeDay: '当日最后一次签名',
    soFar: '打印时当日尚未结束，此后可能还有签名',
    printed: '打印时间',
    heads: { sha256: '第一套：SHA-256，Ed25519 签名', sm3: '第二套：SM3，SM2 签名（商用密码）' },
    size: '日志条数',
    at: '签名时间',
    root: '根（每组五个字符，末位为校验字符；Base32，RFC 4648）',
    before: '上一张核对单的根（{day}，{size} 条）',
    first: '这是第一张核对单，此前没有根。',
    key: '公钥',
    code: '二维码为检查点全文（C2SP tlog-checkpoint），含签名。',
    what: '本单由档案管理人员存档。日志中的任何一条日后被改动、删除或插入，根就不再相同。核对方法：在系统“存证日志—每日核对单”页面输入各组字符或二维码中的文字；也可以由外部人员用公开格式的工具核对。',
    notProven: '本单证明签名时日志的内容，不证明登记的内容本身真实，也不证明没有未登记的事项。',
    seal: '（单位盖章处）',
    handled: '经办人',
    checked: '复核人',
    signedOn: '日期',
};
export type SheetWords = typeof sheetZh;

const sheetEn: SheetWords = {
    title: 'Daily sheet of the evidence log',
    day: 'Day',
    log: 'Name of the log',
    wholeDay: 'last signature of the day',
    soFar: 'printed before the day was over, so there may be later signatures',
    printed: 'Printed at',
    heads: { sha256: 'First head: SHA-256, signed with Ed25519', sm3: 'Second head: SM3, signed with SM2' },
    size: 'Entries',
    at: 'Signed at',
    root: 'Root (groups of five characters, the last of each is a check; Base32 of RFC 4648)',
    before: 'Root of the previous sheet ({day}, {size} entries)',
    first: 'This is the first sheet; there is no root before it.',
    key: 'Public key',
    code: 'The code holds the whole text of the checkpoint (C2SP tlog-checkpoint) with its signatures.',
    what: 'This sheet is kept in the archive. If any entry of the log is changed, removed or inserted later, the root is another. To compare: type the groups, or the text of the code, on the page "Daily sheets" of the log; others can compare with tools for the public format.',
    notProven:
        'It proves what the log was when it was signed. It does not prove that what was entered is true, nor that everything was entered.',
    seal: '(seal of the organisation)',
    handled: 'Handled by',
    checked: 'Checked by',
    signedOn: 'Date',
};

export const SHEET_WORDS: Readonly<Record<Language, SheetWords>> = { 'zh-CN': sheetZh, en: sheetEn };
