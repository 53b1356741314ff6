import type { Language } from '@liuhen/contract';

const backupZh = {
    helpBackup: `用法：npm run liuhen -- backup --to 文件夹 [选项]

把内置数据库、原件和密钥备份到另一个文件夹，系统可以照常运行。先备份数据库，再备份原件；没有变化的内容不重复存放。写完以后重新读一遍，
全部相符才算备份完成。文件夹里有签名密钥和数据库口令：请放在加密的盘上，由另一个人保管。没有传完的上传不在备份里，恢复后从头重传。

  --to 文件夹      备份放在哪里（不能在数据文件夹里面）
  --data 文件夹    数据文件夹（默认取 LIUHEN_DATA，否则为 data）
  --keep 份数      只保留最近几份，更早的删除（默认全部保留）
  --check          不做备份，把已有的备份全部重读一遍，看有没有损坏

退出码：0 完成；1 完成，但有原件或备份内容已损坏（逐一列出）；2 用法有误；3 没有完成`,
    helpRestore: `用法：npm run liuhen -- restore --from 文件夹 --data 文件夹 --reason 文字 [选项]

从备份恢复到一个新的（不存在或空的）数据文件夹。每个文件都与备份时的摘要核对。备份以后可能还签过检查点，所以每个日志都改用新的名称继续
签名，并记入一条：原名称下签到哪里、原因是什么。外部数据库和对象存储请用各自的办法，见部署说明。

  --from 文件夹    备份所在的文件夹
  --data 文件夹    恢复到哪里（默认取 LIUHEN_DATA，否则为 data）
  --reason 文字    原因，记入日志
  --backup 名称    恢复哪一份（默认最近一份）

退出码：0 完成；2 用法有误；3 没有完成`,
    needTo: '请用 --to 说明备份放在哪里',
    needFrom: '请用 --from 说明备份在哪里',
    needReason: '请用 --reason 写明恢复的原因，它会记入日志',
    badKeep: '--keep 后面是 1 到 9999 的份数',
    progress: '正在备份：{files} 个文件，{bytes}',
    checking: '正在重读：{files} 个文件，{bytes}',
    restoring: '正在恢复：{files} 个文件，{bytes}',
    taken: '备份 {name} 完成：{files} 个文件，{bytes}，用时 {seconds} 秒',
    fresh: '其中 {bytes} 是以前的备份里没有的，写入后已重读核对',
    pruned: '删除了 {count} 份较早的备份，腾出 {bytes}',
    damagedSource: '原件已损坏，按现状备份：{path}。请运行 verify 查明',
    bucket: '注意：部分原件在对象存储里，不在这份备份中，请用对象存储自己的复制办法',
    missing: '备份 {name} 缺少 {path} 的内容',
    damaged: '备份 {name} 中 {path} 的内容已损坏',
    checked: '{backups} 份备份完好：{files} 项内容，{bytes}，全部重读核对',
    checkedFaults: '{backups} 份备份，{files} 项内容，{bytes}；有 {faults} 处损坏或缺失',
    restored: '备份 {name} 已恢复到 {folder}：{files} 个文件，{bytes}，用时 {seconds} 秒',
    from: '数据到 {at}（协调世界时）备份时为止，之后的内容不在其中',
    continued: '{count} 个日志改用新的名称继续签名，并已记下原因',
    next: '接下来请运行 npm run liuhen -- verify，播放几份音像，再启动系统',
    interrupted: '已中断，没有完成',
    ended: '没有完成：{reason}',
    reasons: {
        'backup.externalDatabase': '数据库是外部的（DATABASE_URL），请用它自己的备份办法，见部署说明',
        'backup.inside': '备份不能放在数据文件夹里面',
        'backup.otherInstallation': '这个文件夹里是另一套系统的备份，请换一个文件夹',
        'backup.running': '这套系统的另一次备份正在进行',
        'backup.noSpace': '{folder} 空间不足',
        'backup.writtenWrong': '写入的内容重读不符（{sha256}），备份盘可能有问题',
        'backup.tablespaces': '数据库使用了另外的表空间，这个命令不能备份',
        'backup.none': '{folder} 里没有备份',
        'backup.notFound': '没有名为 {name} 的备份',
        'backup.damaged': '备份 {name} 的清单不完整或被改动',
        'backup.contentDamaged': '备份中 {path} 的内容缺失或已损坏，没有恢复任何文件',
        'backup.notEmpty': '{folder} 不是空的，恢复只能到新的文件夹',
        'checkpoint.busy': '系统正在签名，请先停止系统',
    } as Record<string, string>,
};

export type BackupWords = typeof backupZh;

const backupEn: BackupWords = {
    helpBackup: `Usage: npm run liuhen -- backup --to FOLDER [options]

Backs up the embedded database, the originals and the keys into another folder while the system runs. The database comes first, the
originals after it; what did not change is not kept twice. What was written is read once more, and only then the backup is there. The
folder holds signing keys and the password of the database: keep it on an encrypted disk under another person's hand. Uploads that have
not ended are not in it and begin anew after a restore.

  --to FOLDER      where backups lie (not inside the data folder)
  --data FOLDER    data folder (LIUHEN_DATA, else data)
  --keep NUMBER    keep so many, older ones go (all, unless given)
  --check          no backup: read all that lie there once more and say what is damaged

Exit code: 0 done; 1 done, and originals or contents of a backup are damaged (each is named); 2 usage; 3 not done`,
    helpRestore: `Usage: npm run liuhen -- restore --from FOLDER --data FOLDER --reason TEXT [options]

Restores a backup into a new data folder, one that is not there or is empty. Each file is compared with its digest. Checkpoints may have
been signed after the backup was made: so every log goes on being signed under a new name, with an entry that says what was signed under the
old one and why. For an external database and a bucket see the notes on deployment.

  --from FOLDER    where backups lie
  --data FOLDER    where to (LIUHEN_DATA, else data)
  --reason TEXT    the reason, entered into the log
  --backup NAME    which one (the newest, unless given)

Exit code: 0 done; 2 usage; 3 not done`,
    needTo: 'say where backups lie with --to',
    needFrom: 'say where backups lie with --from',
    needReason: 'give the reason of the restore with --reason; it is entered into the log',
    badKeep: '--keep takes a number from 1 to 9999',
    progress: 'backing up: {files} files, {bytes}',
    checking: 'reading once more: {files} files, {bytes}',
    restoring: 'restoring: {files} files, {bytes}',
    taken: 'Backup {name} is done: {files} files, {bytes}, {seconds} s',
    fresh: '{bytes} of it were in no earlier backup; they were read once more after they were written',
    pruned: 'Earlier backups removed: {count}, {bytes} freed',
    damagedSource: 'An original is damaged and was backed up as it is: {path}. Run verify',
    bucket: 'Note: originals lie in a bucket and are not in this backup; use the replication of the bucket',
    missing: 'Backup {name} lacks the content of {path}',
    damaged: 'In backup {name} the content of {path} is damaged',
    checked: 'Backups in order: {backups}; {files} contents, {bytes}, all read once more',
    checkedFaults: 'Backups: {backups}; {files} contents, {bytes}; damaged or missing: {faults}',
    restored: 'Backup {name} is restored to {folder}: {files} files, {bytes}, {seconds} s',
    from: 'It holds what there was at {at} (UTC); what came later is not in it',
    continued: 'Logs that go on under a new name, with the reason entered: {count}',
    next: 'Now run npm run liuhen -- verify, play a few recordings, then start the system',
    interrupted: 'Interrupted, not done',
    ended: 'Not done: {reason}',
    reasons: {
        'backup.externalDatabase':
            'the database is an external one (DATABASE_URL); see the notes on deployment for its own backup',
        'backup.inside': 'backups cannot lie inside the data folder',
        'backup.otherInstallation': 'the folder holds backups of another installation; choose another folder',
        'backup.running': 'another backup of this installation is running',
        'backup.noSpace': 'no space left in {folder}',
        'backup.writtenWrong': 'what was written is read differently ({sha256}); the disk may be failing',
        'backup.tablespaces': 'the database uses tablespaces of its own, which this command cannot back up',
        'backup.none': 'there are no backups in {folder}',
        'backup.notFound': 'there is no backup {name}',
        'backup.damaged': 'the list of backup {name} is not whole or was changed',
        'backup.contentDamaged': 'the content of {path} is missing or damaged in the backup; nothing was restored',
        'backup.notEmpty': '{folder} is not empty; a restore takes a new folder',
        'checkpoint.busy': 'the system is signing; stop it first',
    },
};

/** What `backup` and `restore` say, Chinese first. */
export const backupWords: Readonly<Record<Language, BackupWords>> = { 'zh-CN': backupZh, en: backupEn };
