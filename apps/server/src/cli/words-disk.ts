import type { Language } from '@liuhen/contract';

const diskZh = {
    help: `用法：npm run liuhen -- second-disk --prepare [选项]

把 LIUHEN_SECOND_DISK 指定的文件夹标记为本系统的第二块磁盘：以后每晚核查完日志，把新的条目、检查点、见证和时间戳另存到那里。没有标记的文件夹不写入，
因此磁盘没有挂载时不会误写。另存的日志用 compare-mirror 与数据库比较。

  --data 文件夹    数据文件夹（默认取 LIUHEN_DATA，否则为 data）

退出码：0 已标记；2 用法有误或没有设置 LIUHEN_SECOND_DISK；3 文件夹不存在、不能写入，或是另一套系统的`,
    none: '没有设置 LIUHEN_SECOND_DISK',
    what: '请加 --prepare',
    noFolder: '{folder} 不是文件夹，请先挂载磁盘',
    prepared: '{folder} 已标记为本系统的第二块磁盘',
    ended: '没有完成：{reason}',
    reasons: {
        'disk.otherInstallation': '这是另一套系统的第二块磁盘',
        'disk.readOnly': '不能写入',
        'disk.full': '磁盘已满',
        'disk.failed': '读写出错（{reason}）',
    } as Record<string, string>,
};

export type DiskWords = typeof diskZh;

const diskEn: DiskWords = {
    help: `Usage: npm run liuhen -- second-disk --prepare [options]

Says that the folder of LIUHEN_SECOND_DISK is the second disk of this installation: after each nightly check new entries, checkpoints,
cosignatures and time-stamps are kept there as well. A folder without the sign is not written, so that a disk that is not mounted is never
filled by mistake. compare-mirror compares what it holds with the database.

  --data FOLDER    data folder (LIUHEN_DATA, else data)

Exit code: 0 done; 2 usage, or LIUHEN_SECOND_DISK is not set; 3 no such folder, not writable, or of another installation`,
    none: 'LIUHEN_SECOND_DISK is not set',
    what: 'Give --prepare',
    noFolder: '{folder} is no folder; mount the disk first',
    prepared: '{folder} is the second disk of this installation now',
    ended: 'Not finished: {reason}',
    reasons: {
        'disk.otherInstallation': 'this is the second disk of another installation',
        'disk.readOnly': 'it cannot be written',
        'disk.full': 'the disk is full',
        'disk.failed': 'the disk failed ({reason})',
    },
};

/** What `second-disk` says, Chinese first. */
export const diskWords: Readonly<Record<Language, DiskWords>> = { 'zh-CN': diskZh, en: diskEn };
