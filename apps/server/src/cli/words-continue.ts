import type { Language } from '@liuhen/contract';

const continueZh = {
    help: `用法：npm run liuhen -- continue-log [选项]

数据库恢复成较早的备份以后，日志与先前签过的检查点对不上，系统不再启动。先找回最新的数据库；确实找不回来，才用这个命令：
日志改用新的名称继续签名，并记入一条：原名称下签到哪里、原因是什么。原先的检查点仍保存在 keys/signed，也仍在留存了它的人手中。
签名密钥在一年之内丢失时也用它：先找密钥的备份或份额（keys join）；确实找不回来，才换新名称和新密钥。多个节点的，先确认密钥不在别的节点上。
不带 --reason 时只说哪些日志需要继续，不改动任何内容。

  --data 文件夹    数据文件夹（默认取 LIUHEN_DATA，否则为 data）
  --reason 文字    原因，记入日志，例如“11 月 27 日磁盘损坏，恢复 26 日备份”

退出码：0 没有这样的日志，或都已继续；1 有这样的日志（没有给出原因）；2 用法有误；3 无法进行`,
    otherLog: '{name}：先前已签到 {signed} 条，数据库里有 {log} 条',
    keyLost: '{name}：本年的签名密钥不在这里，已签到 {signed} 条，日志有 {log} 条',
    none: '所有日志都与签过的检查点相符，密钥都在，无需继续',
    needReason: '没有改动。确认数据库无法找回后，用 --reason 写明原因',
    continued: '{name}：已改用名称 {origin} 继续签名',
    system: '系统日志',
    ended: '没有完成：{reason}。可用同一命令重试',
    reasons: {
        'checkpoint.busy': '系统正在签名，请稍后重试',
        'schema.notCurrent': '数据库结构与本程序不符，请用原来的程序版本',
    } as Record<string, string>,
};

export type ContinueWords = typeof continueZh;

const continueEn: ContinueWords = {
    help: `Usage: npm run liuhen -- continue-log [options]

After the database was restored from an older backup the logs are not what was signed of them, and the system does not start. Look for
the newest database first; only if it is lost, use this command: the log goes on being signed under a new name, with an entry that says
what was signed under the old one and why. Earlier checkpoints stay in keys/signed, and with whoever kept them. The same where the key of a
log was lost within its year: look for its backup or its shares (keys join) first, and on the other servers; only then the log goes on under
a new name and key. Without --reason it only says which logs are concerned and changes nothing.

  --data FOLDER    data folder (LIUHEN_DATA, else data)
  --reason TEXT    the reason, entered into the log, such as "disk failed on 27 November, restored the backup of the 26th"

Exit code: 0 no such log, or all continued; 1 there are such logs (no reason given); 2 usage; 3 cannot be done`,
    otherLog: '{name}: {signed} entries were signed, the database holds {log}',
    keyLost: '{name}: its key of this year is not here; {signed} entries are signed, the log holds {log}',
    none: 'Every log is what was signed of it, and its key is here; nothing to continue',
    needReason: 'Nothing was changed. When the database is lost for good, give the reason with --reason',
    continued: '{name}: goes on being signed as {origin}',
    system: 'system log',
    ended: 'Not finished: {reason}. The same command may be tried again',
    reasons: {
        'checkpoint.busy': 'the system is signing; try again in a moment',
        'schema.notCurrent': "the schema of the database is not this program's; use the version that made it",
    },
};

/** What `continue-log` says, Chinese first. */
export const continueWords: Readonly<Record<Language, ContinueWords>> = { 'zh-CN': continueZh, en: continueEn };
