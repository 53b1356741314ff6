import { ledgerFindingWordsZh } from '@liuhen/contract';

/** What a verification says, Chinese first. `{name}` is filled from the finding's parameters. */
export const wordsZh = {
    findings: {
        ...ledgerFindingWordsZh,
        'content.noBlob': '第 {index} 条登记的内容 {sha256} 已无任何记录指向它',
        'content.noCopy': '内容 {sha256} 没有任何存放位置',
        'file.missing': '文件不见了',
        'file.notAFile': '该位置不是普通文件',
        'file.sizeChanged': '大小不符：日志为 {expected} 字节，实为 {found} 字节',
        'file.changed': '第 {chunk} 块（4 MiB 一块，从 0 起）被改动，字节 {from} 至 {to}（不含）',
        'file.digestMismatch': '摘要不符：日志为 {expected}，实为 {found}；分块清单也已不可用，无法指明位置',
        'file.chunkListDamaged': '文件旁的分块摘要清单缺失或与日志不符',
        'file.unlogged': '没有任何有效日志条目为它作证',
        'file.badKey': '登记的存放位置无效：{key}',
        'database.damaged': '数据库自身已损坏或含有不可能由系统写入的值（{reason}），其后的内容未能核验',
    },
    gaps: {
        'gap.storeNotMounted': '存储 {folder} 未挂载或不可读，其中的文件未核验',
        'gap.wrongStore': '存储 {folder} 不是本系统的那一个，其中的文件未核验',
        'gap.storeUnknown': '本系统的存储标识已丢失，无法证明 {folder} 就是原来的存储',
        'gap.unknownStore': '副本存放在 {store}，这里没有这个存储，未核验',
        'gap.fileUnreadable': '读不了文件 {path}（{reason}）',
        'gap.signedUnreadable': '签名记录文件 {file} 无法读取，没有与日志比较',
        'gap.folderUnreadable': '读不了文件夹 {path}（{reason}）',
        'gap.databaseLost': '核验途中数据库连接断开，其后的内容未核验',
        'gap.interrupted': '核验被中断，其后的内容未核验',
    },
    outcome: {
        sound: '全部相符：日志、数据与文件都与登记时一致',
        wrong: '发现 {total} 处不符',
        incomplete: '看到的都相符，但有 {gaps} 处未能核验',
    },
    system: '系统日志',
    organisation: '机构 {org}',
    log: '{name}：{size} 条，树根 {root}，{state}',
    logSound: '相符',
    logWrong: '{count} 处不符',
    rows: '数据表 {tables} 张，{rows} 行',
    files: '登记内容 {contents} 份，副本 {copies} 个，逐字节读过 {hashed} 个（{bytes}），隔离 {quarantined} 个',
    sample: '抽样：逐字节读 {percent}% 的文件；其余只看是否在、大小和分块清单',
    unreferenced: '另有 {count} 个文件没有记录指向（{bytes}），多为中断的上传所留，不算不符：',
    keys: { file: '密钥取自数据文件夹：{ids}', given: '密钥由您给出：{ids}', both: '密钥取自数据文件夹和您给出的文件：{ids}' },
    keysFromDatabase: '注意：密钥取自数据库本身，能伪造数据库的人也能换掉它。请用 --key 给出另行保管的公钥',
    findingsTitle: '不符之处：',
    gapsTitle: '未能核验：',
    colon: '：',
    more: '……另有 {count} 处未列出',
    places: {
        entry: '{name}，第 {index} 条',
        row: '{name}，表 {table}，行 {id}',
        file: '{name}，文件 {path}',
        content: '{name}，登记的内容',
        of: '（音像资料 {recordings}）',
        ofDocuments: '（文书 {documents}）',
        key: '签名密钥',
        command: '{name}，操作',
        database: '数据库',
    },
    progress: { log: '日志 {read}/{size}', tables: '数据表', files: '文件 {read}/{size}' },
    took: '用时 {seconds} 秒',
};

type Strings<T> = { readonly [K in keyof T]: T[K] extends string ? string : Strings<T[K]> };

/** Every language says everything. */
export type Words = Strings<typeof wordsZh>;
