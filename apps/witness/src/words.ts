const zh = {
    help: `用法：npm run witness -- --data 文件夹 --logs 文件 [选项]

见证：独立运行的程序，有自己的密钥和文件夹。日志每签一个检查点就送来一份；确认它包含以前见证过的全部内容后附上签名并留存。
日志以后删改、分叉或退回旧备份，都会在这里被看出。请放在不归日志所属单位管理的计算机上。

  --data 文件夹    密钥和留存的检查点（默认取 LIUHEN_WITNESS_DATA，否则为 data-witness）
  --logs 文件      要见证的日志的公钥文件（检查点页可下载；C2SP tlog-policy），可以给出多个
  --name 名称      见证的名称，首次启动时给出，以后不变，例如 witness.wsjkw.example.gov.cn
  --mirror         另存每一条日志（C2SP tlog-mirror）：数据库里的日志丢失或被改时，能指出是哪一条
  --host 地址      监听地址，默认 127.0.0.1（只有本机）；从别的计算机访问时请放在反向代理后面
  --port 端口      默认 8043
  --lang zh|en     语言

公钥文件换新以后（例如跨年换密钥）重新启动，或发送 SIGHUP。`,
    ready: '留痕 见证  {url}/add-checkpoint',
    key: '公钥  {key}',
    mirrorKey: '镜像公钥  {key}',
    mirrored: '  {origin}  已存 {size} 条',
    logs: '见证 {count} 个日志：',
    log: '  {origin}  已见证 {size} 条',
    reread: '已重新读取公钥文件',
    alarms: {
        root: '警告：{origin} 对同样的条数签了两个不同的根，日志已分叉。证据存于 logs 文件夹',
        proof: '警告：{origin} 送来的检查点没有证明包含以前见证过的内容。已存于 logs 文件夹',
    },
    failed: '内部错误：{reason}',
    usage: '{problem}。用法见 npm run witness -- --help',
    option: '不能识别选项 {option}',
    port: '端口须为 0 至 65535',
    language: '语言只有 zh 和 en',
    refusals: {
        nameMissing: '首次启动须用 --name 给出见证的名称',
        nameBad: '名称不能为空，不能含空格或加号：{name}',
        nameOther: '这个文件夹里的见证名为 {name}，名称不能改变',
        keyMissing: '密钥文件不见了：{file}。换密钥就是另一个见证，请用新的文件夹',
        keyOther: '密钥文件与 witness.vkey 不是一对：{file}',
        damaged: '文件已损坏或不是本见证签名的：{file}。为免退回较早的状态，不予启动',
        logsNone: '须用 --logs 给出要见证的日志的公钥文件',
        logsMissing: '找不到公钥文件：{file}',
        logsBad: '公钥文件 {file} 第 {line} 行有误：{reason}',
        logKeys: '日志 {origin} 的密钥须全为 Ed25519 或全为 SM2',
        busy: '已有一个见证在使用这个文件夹：{folder}',
        listen: '不能监听 {address}：{reason}',
    },
};

export type WitnessWords = typeof zh;
export type Refusals = WitnessWords['refusals'];
export type WitnessLanguage = 'zh' | 'en';

const en: WitnessWords = {
    help: `Usage: npm run witness -- --data FOLDER --logs FILE [options]

The witness is a program of its own, with a key and a folder of its own. Whenever a log signs a checkpoint it sends it here; once it is
shown to contain all that was witnessed before, the witness adds its signature and keeps it. A log that is cut, forked or put back to an
older backup is found out here. Run it on a computer that those who run the log do not manage.

  --data FOLDER    key and kept checkpoints (LIUHEN_WITNESS_DATA, else data-witness)
  --logs FILE      file of keys of the logs (saved on the page of checkpoints; C2SP tlog-policy); may be given several times
  --name NAME      name of the witness, given at the first start, for ever the same, such as witness.health.example.gov.cn
  --mirror         keep every entry as well (C2SP tlog-mirror): where the database lost or changed one, it can be told which
  --host ADDRESS   where it listens, 127.0.0.1 (this computer only) unless given; put it behind a reverse proxy for others
  --port PORT      8043 unless given
  --lang zh|en     language

After a file of keys was replaced (new keys at a new year) start it again, or send SIGHUP.`,
    ready: 'Liuhen witness  {url}/add-checkpoint',
    key: 'Key  {key}',
    mirrorKey: 'Mirror key  {key}',
    mirrored: '  {origin}  {size} entries kept',
    logs: 'Logs witnessed: {count}',
    log: '  {origin}  {size} entries so far',
    reread: 'The files of keys were read again',
    alarms: {
        root: 'Warning: {origin} signed two different roots for one size; the log is forked. The evidence is kept in the folder logs',
        proof: 'Warning: {origin} sent a checkpoint without proof that it contains what was witnessed before. It is kept in the folder logs',
    },
    failed: 'Internal error: {reason}',
    usage: '{problem}. See npm run witness -- --help',
    option: 'Unknown option {option}',
    port: 'The port must be 0 to 65535',
    language: 'The languages are zh and en',
    refusals: {
        nameMissing: 'The first start needs the name of the witness: --name',
        nameBad: 'The name must not be empty and has neither blanks nor plus signs: {name}',
        nameOther: 'The witness in this folder is called {name}; the name cannot change',
        keyMissing: 'The key file is gone: {file}. With another key it is another witness: use a new folder',
        keyOther: 'The key file does not belong to witness.vkey: {file}',
        damaged: 'Damaged, or not signed by this witness: {file}. It does not start, lest it go back to an older state',
        logsNone: 'Give the file of keys of the logs to be witnessed: --logs',
        logsMissing: 'No such file of keys: {file}',
        logsBad: 'Line {line} of the file of keys {file} is wrong: {reason}',
        logKeys: 'The keys of log {origin} must all be Ed25519 or all SM2',
        busy: 'A witness already uses this folder: {folder}',
        listen: 'Cannot listen at {address}: {reason}',
    },
};

export const witnessWords: Readonly<Record<WitnessLanguage, WitnessWords>> = { zh, en };

/** Puts the words into their places. */
export const fillIn = (text: string, params: Readonly<Record<string, string>>): string =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) => params[name] ?? whole);
