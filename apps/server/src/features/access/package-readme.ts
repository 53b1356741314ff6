import type { PackagePlan } from './package-plan.queries.ts';

/** What a package says of itself to whoever opens it without knowing what it is. */
export const packageReadme = ({
    org,
    facts,
    recordings,
    documents,
    entries,
    checkpoints,
}: PackagePlan): string => `证据包 ${facts.number}
${facts.agency}

一、内容
content/ 音像资料原始文件 ${recordings.length} 份和文书最后打印件 ${documents.length} 份，以 SHA-256 为文件名，与存储中的字节完全相同，没有剪辑、转码或者改动：
${[...recordings, ...documents].map(({ path, name }) => `  ${path}  ${name}`).join('\n')}
entries/ 日志条目 ${entries.length} 条；bodies/ 条目的文字内容（前 32 字节为随机数）
proofs/ 每一条目在日志中的证明（C2SP tlog-proof），检查点含本单位日志 ${checkpoints[org]} 条
policy.txt 日志的公钥；核验时请用从本单位另行取得的一份
statement.pdf 文字说明材料
manifest.json 以上全部文件的字节数和 SHA-256；它自己的 SHA-256 记入日志，并印在签收单上

二、怎样核对
1. 计算 manifest.json 的 SHA-256，与签收单上的相同。
2. 计算每个文件的 SHA-256，与 manifest.json 中的相同。Linux：sha256sum 文件；Windows：certutil -hashfile 文件 SHA256。
3. 用能够核验 C2SP tlog-proof 的程序，以公钥核对 proofs/ 中的证明：条目在日志中，检查点的签名有效。

三、本包没有的
没有核验网页（verify.html），没有执法过程图（chart.pdf），没有时间戳机构的时间戳，没有其他单位对检查点的见证。
制成和交付本包的条目晚于本包，不在其中，可以向本单位索取；没有它们，清单上的接收人、用途和依据不能单独证明。
`;
