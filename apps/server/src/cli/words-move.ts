import type { Language } from '@liuhen/contract';

const moveZh = {
    help: `用法：npm run liuhen -- move-objects [选项]

把数据文件夹中的内容移到对象存储桶。每个对象逐块核对后写入，从桶中整个读回比对一致，才算移过去；可随时中断，用同一命令继续。
移过去以后数据文件夹中的文件仍在，用 --erase 第二遍清除：再从桶中整个读一遍，记入日志，然后删除。系统运行与否均可执行。
存储桶的设置与系统启动时相同（LIUHEN_S3_*），并且系统须已用这些设置启动过一次。

  --data 文件夹          数据文件夹（默认取 LIUHEN_DATA，否则为 data）
  --organisation 代码    只处理这个机构
  --erase                清除已移走的内容在数据文件夹中的文件
  --dry-run              只说有多少，不改动任何内容

损坏或缺失的对象会逐个说出，留在原处。
退出码：0 全部完成，1 有对象留在原处或已中断，2 用法有误，3 无法进行`,
    progress: '{name}：{objects}/{of} 个，{bytes}/{size}，每秒 {rate}，约剩 {minutes} 分钟',
    moved: '{name}：已移到存储桶 {objects} 个（{bytes}），留在原处 {stayed} 个',
    erased: '{name}：已从数据文件夹清除 {objects} 个（{bytes}），保留 {stayed} 个',
    wouldMove: '{name}：将移到存储桶 {objects} 个（{bytes}）',
    wouldErase: '{name}：将从数据文件夹清除 {objects} 个（{bytes}）',
    stays: '{key}（{size}，{names}）：{reason}',
    and: '、',
    unnamed: '没有引用它的音像资料或文书',
    notMoved: {
        missing: '数据文件夹中没有这个文件，没有移动',
        chunk: '数据文件夹中的第 {chunk} 块（每块 4 MiB，从 0 起）已损坏，留在原处，没有移动',
        list: '数据文件夹中的分块清单已损坏，或写入存储桶后读回不一致，留在原处，没有移动',
    },
    notSound: {
        missing: '存储桶中没有它，没有清除',
        chunk: '存储桶中的第 {chunk} 块（每块 4 MiB，从 0 起）已损坏，没有清除',
        list: '存储桶中的分块清单已损坏，没有清除',
    },
    interrupted: '已中断；用同一命令继续',
    lockLost: '与数据库的连接断开，已停下；用同一命令继续',
    noOrganisation: '没有代码为“{code}”的机构',
    ended: '没有完成：{reason}。用同一命令继续',
    reasons: {
        'storage.noBucketYet': '系统还没有用这个存储桶启动过；请先带同样的 LIUHEN_S3_* 设置启动一次',
        'storage.moveRunning': '另一个 move-objects 正在运行',
        'storage.unreachable': '无法访问对象存储桶',
        'schema.notCurrent': '数据库结构不是本程序的版本；请先用本程序启动一次系统',
    } as Readonly<Record<string, string>>,
};

type MoveWords = typeof moveZh;

const moveEn: MoveWords = {
    help: `Usage: npm run liuhen -- move-objects [options]

Moves what lies in the data folder into the bucket. An object counts as moved once every chunk of it was compared, put, and read back
whole from the bucket; it can be interrupted at any time and goes on with the same command. Its file stays in the data folder until a
second pass with --erase: it is read whole from the bucket once more, the log is told, then the file goes. Works beside a running
system and without one. The bucket's settings are those of the system (LIUHEN_S3_*), which has been started with them once before.

  --data FOLDER          data folder (LIUHEN_DATA, else data)
  --organisation CODE    this organisation only
  --erase                removes from the data folder what was moved
  --dry-run              says how much, changes nothing

A damaged or missing object is named and stays where it is.
Exit code: 0 all done, 1 objects stayed where they were or interrupted, 2 usage, 3 cannot go on`,
    progress: '{name}: {objects} of {of}, {bytes} of {size}, {rate} per second, about {minutes} minutes left',
    moved: '{name}: {objects} moved into the bucket ({bytes}), {stayed} stayed where they are',
    erased: '{name}: {objects} erased from the data folder ({bytes}), {stayed} kept',
    wouldMove: '{name}: {objects} would be moved into the bucket ({bytes})',
    wouldErase: '{name}: {objects} would be erased from the data folder ({bytes})',
    stays: '{key} ({size}, {names}): {reason}',
    and: ', ',
    unnamed: 'no recording and no document refers to it',
    notMoved: {
        missing: 'there is no such file in the data folder; not moved',
        chunk: 'chunk {chunk} in the data folder (of 4 MiB, from 0) is damaged; it stays there and was not moved',
        list: 'its list of chunks in the data folder is damaged, or what was put differs when read back; it stays there and was not moved',
    },
    notSound: {
        missing: 'it is not in the bucket; not erased',
        chunk: 'chunk {chunk} in the bucket (of 4 MiB, from 0) is damaged; not erased',
        list: 'its list of chunks in the bucket is damaged; not erased',
    },
    interrupted: 'Interrupted; the same command goes on',
    lockLost: 'The connection to the database was lost; the same command goes on',
    noOrganisation: 'There is no organisation with the code "{code}"',
    ended: 'Not finished: {reason}. The same command goes on',
    reasons: {
        'storage.noBucketYet':
            'the system has not been started with this bucket yet; start it once with the same LIUHEN_S3_* settings',
        'storage.moveRunning': 'another move-objects is running',
        'storage.unreachable': 'the bucket cannot be reached',
        'schema.notCurrent': "the schema of the database is not this program's; start the system once with this program",
    },
};

/** What `move-objects` says, Chinese first. */
export const moveWords: Readonly<Record<Language, MoveWords>> = { 'zh-CN': moveZh, en: moveEn };
