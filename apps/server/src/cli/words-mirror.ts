import type { Language } from '@liuhen/contract';

const mirrorZh = {
    help: `用法：npm run liuhen -- compare-mirror [选项]

把数据库里的日志与镜像（LIUHEN_MIRRORS）和第二块磁盘（LIUHEN_SECOND_DISK）另存的逐条比较，指出数据库里丢失或改动了哪一条。镜像送来的内容先按检查点核对，与签名不符的不采信。
只读，不改动任何内容。

  --data 文件夹    数据文件夹（默认取 LIUHEN_DATA，否则为 data）

每份日志单独报告，最后每个镜像一行小结。
退出码：0 全部相同；1 有丢失或改动（以此为先）；2 用法有误或没有设置镜像；3 某份日志在镜像上没有、镜像联系不上或自身已损坏`,
    none: '没有设置镜像（LIUHEN_MIRRORS），也没有设置第二块磁盘（LIUHEN_SECOND_DISK）',
    nothing: '{log}（{origin}）：镜像 {mirror} 联系不上，或没有这份日志',
    mirrorDamaged: '{log}（{origin}）：镜像 {mirror} 送来的 {size} 条与签名不符，镜像自身已损坏，不能据以判断',
    same: '{log}（{origin}）：{size} 条与镜像 {mirror} 全部相同',
    differs: '{log}（{origin}）：{size} 条中有 {count} 条与镜像 {mirror} 不同，镜像与签名相符',
    summary: '{mirror}：{same} 份日志相同，{differs} 份不同，{nothing} 份没有可以采信的内容',
    missing: '  第 {index} 条：数据库里没有',
    changed: '  第 {index} 条：数据库里被改动',
    system: '系统日志',
    ended: '没有完成：{reason}',
    reasons: {
        'mirror.busy': '已在比较，请稍后重试',
        'schema.notCurrent': '数据库结构与本程序不符，请用原来的程序版本',
    } as Record<string, string>,
};

export type MirrorWords = typeof mirrorZh;

const mirrorEn: MirrorWords = {
    help: `Usage: npm run liuhen -- compare-mirror [options]

Compares the logs in the database with what mirrors (LIUHEN_MIRRORS) and the second disk (LIUHEN_SECOND_DISK) keep of them, entry by entry, and
names those that the database lost or changed. What a mirror hands out is checked against the signed checkpoint first and is not believed otherwise. Nothing is changed.

  --data FOLDER    data folder (LIUHEN_DATA, else data)

Each log is reported by itself, and each mirror in one line at its end.
Exit code: 0 all the same; 1 lost or changed, whatever else there is; 2 usage, or no mirror is set; 3 a mirror has nothing of some log, does
not answer or is damaged itself`,
    none: 'No mirror is set (LIUHEN_MIRRORS), and no second disk (LIUHEN_SECOND_DISK)',
    nothing: '{log} ({origin}): mirror {mirror} does not answer, or has no such log',
    mirrorDamaged:
        '{log} ({origin}): the {size} entries of mirror {mirror} are not what was signed; the mirror is damaged and proves nothing',
    same: '{log} ({origin}): {size} entries, all as mirror {mirror} has them',
    differs: '{log} ({origin}): {count} of {size} entries differ from mirror {mirror}, which has what was signed',
    summary: '{mirror}: {same} logs the same, {differs} differ, of {nothing} it has nothing that can be believed',
    missing: '  entry {index}: not in the database',
    changed: '  entry {index}: changed in the database',
    system: 'system log',
    ended: 'Not finished: {reason}',
    reasons: {
        'mirror.busy': 'it is being compared already; try again in a moment',
        'schema.notCurrent': "the schema of the database is not this program's; use the version that made it",
    },
};

/** What `compare-mirror` says, Chinese first. */
export const mirrorWords: Readonly<Record<Language, MirrorWords>> = { 'zh-CN': mirrorZh, en: mirrorEn };
