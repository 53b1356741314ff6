import { fill, type Language } from './index.ts';

/** What a check of the log says of one thing that differs. `{name}` is filled from the finding's parameters. */
export const ledgerFindingWordsZh = {
    'log.indexGap': '序号不连续：应为 {expected}，实为 {found}（缺条目、重复或次序被改）',
    'log.leafMismatch': '存储的叶子哈希与条目内容不符',
    'log.chainMismatch': '链值与前一条不衔接',
    'log.notCanonical': '条目字节不是规范格式（{reason}），内容已被改动',
    'log.malformedEntry': '条目不符合已知格式（{reason}，{path}），内容已被改动',
    'log.badSignature': '签名与条目内容不符（密钥 {key}）：条目被改动或伪造',
    'log.unknownKey': '签名密钥 {key} 不在可信密钥之列',
    'log.columnMismatch': '检索列 {column} 与签名内容不符：列为 {stored}，签名为 {signed}',
    'log.wrongOrg': '条目是为另一机构的日志签名的：{found}',
    'log.bodyMismatch': '正文与条目中的摘要不符：正文被改动',
    'log.objectSequence': '对象 {object} 的条目次序不对：应为第 {expected}，实为第 {found}（有缺失或重复）',
    'log.objectLink': '对象 {object} 的前一条不是日志中的那一条',
    'log.duplicateRowVersion': '{table} 行 {row} 的第 {version} 版重复登记（先前为第 {earlier} 条）',
    'log.rowVersionGap': '{table} 行 {row} 的版本不连续：应为 {expected}，实为 {found}',
    'log.contentConflict': '内容 {sha256} 与第 {earlier} 条的登记矛盾',
    'log.headMismatch': '日志末端与最后一条不符（{what}）：末端记为 {head}，日志为 {log}；末尾条目可能被删',
    'log.bodyMissing': '正文不见了',
    'log.bodySurplus': '有正文而没有条目：条目可能被删',
    'log.objectIndex': '对象 {object} 的条目清单与签名条目不符（第 {seq}）',
    'log.tallyMismatch': '第 {first} 至 {last} 条的分类计数与条目不符：按类型或人员列出时可能有遗漏',
    'log.checkpointRoot': '前 {size} 条的根与已签名的检查点（{head}）不符：其中有条目被改动',
    'log.checkpointNote': '{size} 条处的检查点（{head}）原文与登记不符',
    'log.checkpointSignature': '{size} 条处的检查点（{head}）没有本日志启用的密钥的签名',
    'log.cosignature': '{size} 条处的检查点（{head}）的见证签名无效：{witness}',
    'log.timeStampOther': '{size} 条处的检查点（{head}）的时间戳属于别的内容，或者时间与登记不符',
    'log.timeStampBroken': '{size} 条处的检查点（{head}）的时间戳无法读取，或者签名无效',
    'log.timeStampPurpose': '{size} 条处的检查点（{head}）的时间戳由不是专用于时间戳的证书签发',
    'log.timeStampValidity': '{size} 条处的检查点（{head}）的时间戳不在其证书的有效期内',
    'log.timeStampNotTrusted': '{size} 条处的检查点（{head}）的时间戳不是由这里信任的机构签发',
    'log.checkpointAhead': '检查点（{head}）已签到 {size} 条，日志没有那么多：末尾条目可能被删',
    'log.signedAhead': '签名记录文件（{head}）写明已签到 {size} 条，日志没有那么多：数据库可能被恢复成较早的状态，或末尾条目被删',
    'log.signedDiffers': '签名记录文件（{head}）在 {size} 条处签的是另一个根：其中有条目被改动，检查点也可能被换过',
    'log.treeNode': '哈希树（{head}）第 {level} 层第 {index} 个节点缺失，或与条目不符',
    'log.commandUnlogged': '操作 {command}（{kind}）已执行，日志中却没有它的条目：条目可能被删',
    'key.misnamed': '密钥 {key} 的名称与密钥本身不符',
    'key.notIntroduced': '系统日志中没有启用密钥 {key} 的有效条目',
    'key.introducedOtherwise': '系统日志以名称 {key} 启用的是另一把密钥',
    'key.notTrusted':
        '数据库中的密钥 {key} 不在可信密钥之列：可能属于另一台服务器，或者是旧密钥（命令行核查时用 --key 给出其公钥），也可能是他人加入的',
    'state.rowChanged': '内容与日志记载不符：未经登记被改动',
    'state.rowMissing': '日志有记载，表中却没有：被删除',
    'state.rowUnlogged': '表中有，日志从未记载：未经登记加入，或其日志条目被删',
    'state.versionMismatch': '版本为 {version}，日志记载为 {logged}',
} as const;

export const ledgerFindingWordsEn: Readonly<Record<keyof typeof ledgerFindingWordsZh, string>> = {
    'log.indexGap': 'the index does not follow: {expected} expected, {found} found (entries missing, repeated or out of order)',
    'log.leafMismatch': 'the stored leaf hash is not that of the entry',
    'log.chainMismatch': 'the chain value does not follow from the entry before',
    'log.notCanonical': 'the bytes are not in canonical form ({reason}): the entry was changed',
    'log.malformedEntry': 'not an entry of a known format ({reason}, {path}): the entry was changed',
    'log.badSignature': 'the signature does not fit the entry (key {key}): changed or forged',
    'log.unknownKey': 'signed by key {key}, which is not among the trusted ones',
    'log.columnMismatch': 'the column {column} says {stored}, the signed entry {signed}',
    'log.wrongOrg': 'the entry was signed for the log of another organisation: {found}',
    'log.bodyMismatch': 'the body is not the one the entry states: it was changed',
    'log.objectSequence': 'entries of object {object} are missing or repeated: number {expected} expected, {found} found',
    'log.objectLink': 'the entry names another predecessor of object {object} than the log has',
    'log.duplicateRowVersion': 'version {version} of {table} row {row} was entered before, at entry {earlier}',
    'log.rowVersionGap': 'versions of {table} row {row} do not follow: {expected} expected, {found} found',
    'log.contentConflict': 'content {sha256} contradicts what entry {earlier} says of it',
    'log.headMismatch':
        'the head does not fit the last entry ({what}): head {head}, log {log}; entries at the end may have been removed',
    'log.bodyMissing': 'the body is gone',
    'log.bodySurplus': 'a body without its entry: the entry may have been removed',
    'log.objectIndex': 'the list of entries of object {object} differs from the signed entry (number {seq})',
    'log.tallyMismatch':
        'the tally of entries {first} to {last} does not agree with them: lists by kind or person may leave some out',
    'log.checkpointRoot':
        'the first {size} entries do not have the root that was signed of them ({head}): some of them were changed',
    'log.checkpointNote': 'the checkpoint at {size} entries ({head}) does not say what is recorded of it',
    'log.checkpointSignature': 'the checkpoint at {size} entries ({head}) is signed by no key that this log introduces',
    'log.timeStampOther':
        'the time-stamp of the checkpoint at {size} entries ({head}) is about something else, or its time is not the one noted',
    'log.timeStampBroken':
        'the time-stamp of the checkpoint at {size} entries ({head}) cannot be read, or its signature is wrong',
    'log.timeStampPurpose':
        'the time-stamp of the checkpoint at {size} entries ({head}) is signed by a certificate that is not for time-stamps alone',
    'log.timeStampValidity':
        'the certificate behind the time-stamp of the checkpoint at {size} entries ({head}) was not valid at its time',
    'log.timeStampNotTrusted':
        'the time-stamp of the checkpoint at {size} entries ({head}) is not by an authority that is believed here',
    'log.cosignature': 'the cosignature of {witness} of the checkpoint at {size} entries ({head}) is not valid',
    'log.checkpointAhead':
        'a checkpoint ({head}) was signed of {size} entries and the log has fewer: entries at the end may be missing',
    'log.signedAhead':
        'the file of what was signed ({head}) says {size} entries and the log has fewer: the database may be an earlier copy, or entries at the end were removed',
    'log.signedDiffers':
        'the file of what was signed ({head}) has another root at {size} entries: one of them was changed, and the checkpoint may have been replaced',
    'log.treeNode': 'node {index} of level {level} of the tree ({head}) is missing or does not follow from the entries',
    'log.commandUnlogged': 'command {command} ({kind}) has run, and the log has no entry of it: it may have been removed',
    'key.misnamed': 'the name of key {key} does not follow from the key',
    'key.notIntroduced': 'no sound entry of the system log introduces key {key}',
    'key.introducedOtherwise': 'the system log introduces another key under the name {key}',
    'key.notTrusted':
        'key {key} of the database is not among the trusted ones: it may be of another server or an earlier one (the check from the command line takes its public key with --key), or somebody added it',
    'state.rowChanged': 'not as the log has it: changed without an entry',
    'state.rowMissing': 'in the log and not in the table: removed',
    'state.rowUnlogged': 'in the table and never in the log: added without an entry, or its entry was removed',
    'state.versionMismatch': 'version {version}, the log says {logged}',
};

const WORDS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
    'zh-CN': ledgerFindingWordsZh,
    en: ledgerFindingWordsEn,
};

/** The sentence of one finding; one that an older program kept under a code that is not known any more stays as its code. */
export const ledgerFindingText = (language: Language, code: string, params: Readonly<Record<string, string | number>>): string =>
    fill(WORDS[language][code] ?? code, params);
