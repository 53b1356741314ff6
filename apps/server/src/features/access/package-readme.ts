import type { PackagePlan } from './package-plan.queries.ts';

/** What a package says of itself to whoever opens it without knowing what it is. */
export const packageReadme = ({
    org,
    facts,
    recordings,
    documents,
    acts,
    entries,
    checkpoints,
    stamps,
}: PackagePlan): string => `证据包 ${facts.number}
${facts.agency}

一、内容
content/ 音像资料原始文件 ${recordings.length} 份和文书 ${documents.length} 件（最后打印件、签名件、扫描件），以 SHA-256 为文件名，与存储中的字节完全相同，没有剪辑、转码或者改动：
${[...recordings, ...documents].map(({ path, name }) => `  ${path}  ${name}`).join('\n')}
${acts.length === 0 ? '' : 'chart.pdf 执法过程时间对照图：文书、记录仪和标记在同一时间轴上，附逐项起止时间\n'}statement.pdf 文字说明材料（制作人、提取人、提取时间、事由、依据、各份资料的摘要）
entries/ 日志条目 ${entries.length} 条；bodies/ 其中可以公开的条目的文字内容（前 32 字节为随机数）
proofs/ 每一条目在日志中的证明（C2SP tlog-proof；.sm 为商用密码 SM3、SM2 的同一证明），检查点含本单位日志 ${checkpoints[org]} 条
${stamps.length === 0 ? '' : 'tsa/ 时间戳机构对日志检查点签发的时间戳（RFC 3161），checkpoints/ 为加盖时间戳的检查点，.growth 证明它与 proofs/ 所用的检查点属于同一份只增不改的日志\n'}policy.txt 日志的公钥；核验时请用从本单位另行取得的一份
manifest.json 以上全部文件的字节数和 SHA-256；它自己的 SHA-256 记入日志，并印在签收单上
receipt/ 签发本包的日志条目和它的证明
verify.html 核验网页
在光盘上时另有 segments.json（每个文件在哪一张光盘上，一张容不下的文件分成哪几段）和 volume.json（这是第几张）；README.txt、manifest.json、receipt/ 和 verify.html 每张都有

二、怎样核验
1. 从 ZIP 中取出 verify.html（其余不必解压），用浏览器（Chromium、Edge、Firefox）打开，选择从本单位另行取得的 policy.txt，再选择本证据包的 ZIP 文件或者文件夹；是光盘的，依次选择每一张。网页不连接网络，文件不离开您的计算机。
2. 网页逐项说明：内容是否与登记一致、是否已入日志、检查点的签名、见证和由谁签发，并写明本包不能证明什么。
3. 不信任本包内的 verify.html 的，可以从本单位或者其他来源另行取得核验网页或者命令行核验程序（liuhen-verify）；它们得出的结论应当相同。
4. 没有这些程序时：计算 manifest.json 的 SHA-256，与签收单上的比较；计算每个文件的 SHA-256，与 manifest.json 中的比较。Linux：sha256sum 文件；Windows：certutil -hashfile 文件 SHA256。

三、本包没有的
${stamps.length === 0 ? '没有时间戳机构的时间戳。\n' : ''}日志条目的文字内容，只附资料的来源、时间和完好情况，在场人员，文书的签发、用印、送达，以及本次调取的申请与同意；查阅、内部审核等条目只附条目本身和证明，不附内容。
`;
