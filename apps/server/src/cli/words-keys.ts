import type { Language } from '@liuhen/contract';

const keysZh = {
    help: `用法：npm run liuhen -- keys split 密钥文件 --out 文件夹
      npm run liuhen -- keys join 份额文件 份额文件 --out 密钥文件
      npm run liuhen -- keys show [--data 文件夹]
      npm run liuhen -- keys accept 公钥 [--data 文件夹]
      npm run liuhen -- keys withdraw 公钥 [--data 文件夹]

把日志签名密钥分成三份，任意两份可以恢复，单独一份不含密钥的任何内容。请打印后分别交系统、安全、审计管理员保管，再删除份额文件。
恢复时核对公钥，不符则不写出。已有的文件不覆盖。

show 显示本节点给日志条目签名的应用密钥的公钥；accept 认可另一节点的公钥（十六进制或公钥文件），它签的日志条目此后才会签入检查点。
withdraw 撤回对一把应用密钥的认可（节点停用，或密钥可能被盗）：它再签的条目不再签入检查点；已签入的不变，仍可核验。本节点正在用的密钥不能撤回。

退出码：0 完成，1 没有完成，2 用法有误`,
    noOut: '请用 --out 写明写到哪里',
    what: '请写明 split 和一个密钥文件，join 和至少两个份额文件，show，或者 accept、withdraw 和一个公钥',
    accepted: '已认可应用密钥 {key}',
    acceptedBefore: '应用密钥 {key} 先前已认可',
    withdrawn: '已撤回应用密钥 {key}：它再签的条目不再签入检查点，已签入的仍可核验',
    withdrawnBefore: '应用密钥 {key} 先前已撤回',
    withdrawOwn: '{key} 是本节点正在使用的应用密钥，不能撤回；可能被盗时请按 SECURITY.md 更换密钥，再撤回旧的',
    own: '本节点 {key}：{publicKey}',
    known: '已认可 {key}：{publicKey}',
    written: '已写出 {file}',
    next: '请打印三份，分别交给三位管理员，然后删除这三个文件。',
    joined: '已恢复密钥 {key}，写到 {file}，公钥相符',
    refusals: {
        'verify.keyFileInvalid': '{file} 不是公钥',
        'keyShare.inToken': '{file} 的密钥在密码设备中，取不出来；请用设备自带的方法备份',
        'keyShare.noKey': '{file} 不是本系统的密钥文件，或者无法读取',
        'keyShare.none': '{file} 不是密钥份额',
        'keyShare.line': '{file} 第 {line} 行有误：校验字符不符',
        'keyShare.damaged': '{file} 已损坏：总校验不符',
        'keyShare.unreadable': '无法读取 {file}',
        'keyShare.mixed': '{file} 与 {other} 不是同一次拆分的份额',
        'keyShare.same': '同一份额给了两次；需要两份不同的份额',
        'keyShare.otherKey': '恢复出的密钥与份额上的公钥不符，没有写出',
        'keyShare.notWritten': '没有写 {file}：已有这个文件，或者不能写入',
    } as Readonly<Record<string, string>>,
};

const keysEn: typeof keysZh = {
    help: `Usage: npm run liuhen -- keys split KEYFILE --out FOLDER
       npm run liuhen -- keys join SHARE SHARE --out KEYFILE
       npm run liuhen -- keys show [--data FOLDER]
       npm run liuhen -- keys accept PUBLICKEY [--data FOLDER]
       npm run liuhen -- keys withdraw PUBLICKEY [--data FOLDER]

Splits a key of the log into three shares. Any two give it back; one alone says nothing of it. Print them, hand one each to the system,
security and audit administrators, then delete the files. A joined key is compared with the public key on the shares and is not written
when it is another. A file that is there is never overwritten.

show gives the public key with which this server signs entries; accept believes that of another server (64 hex digits, or a file), whose
entries are under checkpoints only from then on. withdraw takes that back (a server that was given up, a key that may be stolen): no checkpoint
is signed over more of its entries; what is under one stays, and still verifies. The key that this server uses cannot be withdrawn.

Exit code: 0 done, 1 not done, 2 usage`,
    noOut: 'say with --out where to write',
    what: 'give split and one key file, join and two shares at least, show, or accept or withdraw and one public key',
    accepted: 'The application key {key} is accepted',
    acceptedBefore: 'The application key {key} was accepted before',
    withdrawn:
        'The application key {key} is withdrawn: no checkpoint is signed over more of its entries, those under one still verify',
    withdrawnBefore: 'The application key {key} was withdrawn before',
    withdrawOwn:
        '{key} is the application key that this server uses, and cannot be withdrawn; where it may be stolen, change it as SECURITY.md says, then withdraw the old one',
    own: 'this server {key}: {publicKey}',
    known: 'accepted {key}: {publicKey}',
    written: 'written: {file}',
    next: 'Print the three shares, hand them to three administrators, then delete these files.',
    joined: 'The key {key} is back, in {file}; its public key is the one on the shares',
    refusals: {
        'verify.keyFileInvalid': '{file} is no public key',
        'keyShare.inToken': "The key of {file} is in a token and cannot be taken out; back it up by the token's own means",
        'keyShare.noKey': '{file} is no key file of this system, or cannot be read',
        'keyShare.none': '{file} is no share of a key',
        'keyShare.line': '{file} has a mistake in line {line}: its check does not fit',
        'keyShare.damaged': '{file} is damaged: the check of the whole does not fit',
        'keyShare.unreadable': '{file} cannot be read',
        'keyShare.mixed': '{file} and {other} are not shares of the same splitting',
        'keyShare.same': 'The same share was given twice; two different ones are needed',
        'keyShare.otherKey': 'What was joined is not the key whose public key stands on the shares; nothing was written',
        'keyShare.notWritten': '{file} was not written: there is such a file, or it cannot be written',
    },
};

/** What `keys` says, Chinese first. */
export const keyWords: Readonly<Record<Language, typeof keysZh>> = { 'zh-CN': keysZh, en: keysEn };
