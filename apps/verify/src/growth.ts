import { type CheckpointJudgement, DomainError, type Policy, verifyGrowth } from '@liuhen/domain';
import { verifierDigest } from './digest.ts';
import { verifyWithKey } from './verify-with-key.ts';

type GrowthWords = {
    readonly title: string;
    readonly holds: string;
    readonly older: (size: string, seen: string) => string;
    readonly newer: (size: string, seen: string) => string;
    readonly log: (origin: string) => string;
    readonly quorum: string;
    readonly witnesses: (count: number, all: number) => string;
    readonly fails: Readonly<Record<string, (params: Readonly<Record<string, string | number>>) => string>>;
    readonly other: (code: string) => string;
};

const zhCN: GrowthWords = {
    title: '日志连续性核验',
    holds: '有效：较晚的检查点完整包含较早的检查点，其中各条未改动、未删除',
    older: (size, seen) => `  较早的检查点: ${size} 条，${seen}`,
    newer: (size, seen) => `  较晚的检查点: ${size} 条，${seen}`,
    log: (origin) => `  日志: ${origin}`,
    quorum: '  不完整：较晚的检查点尚未达到策略要求的见证数',
    witnesses: (count, all) => (all === 0 ? '策略里没有见证方' : `见证 ${count}/${all}`),
    fails: {
        'consistency.otherLog': ({ older, newer }) => `无效：两个检查点属于不同的日志（${older}，${newer}）`,
        'consistency.order': ({ older, newer }) =>
            `无效：保存的检查点有 ${older} 条，多于证明中的 ${newer} 条，次序颠倒或日志变短`,
        'consistency.otherSize': ({ stated, older }) => `无效：证明从 ${stated} 条开始，保存的检查点有 ${older} 条`,
        'consistency.notShown': ({ older, newer }) =>
            `无效：没有证明 ${newer} 条的日志包含 ${older} 条的日志，日志或证明被改动过`,
        'checkpoint.unknownLog': ({ origin }) => `无效：策略文件中没有日志 ${origin}`,
        'checkpoint.notByLog': ({ origin }) => `无效：检查点没有日志 ${origin} 的签名`,
    },
    other: (code) => `无效：文件无法识别，或签名有误（${code}）`,
};

const en: GrowthWords = {
    title: 'Whether a log only grew',
    holds: 'Valid: the later checkpoint contains the earlier one, with nothing of it changed or removed',
    older: (size, seen) => `  earlier checkpoint: ${size} entries, ${seen}`,
    newer: (size, seen) => `  later checkpoint: ${size} entries, ${seen}`,
    log: (origin) => `  log: ${origin}`,
    quorum: '  Incomplete: the later checkpoint has not yet the witnesses that the policy asks for',
    witnesses: (count, all) => (all === 0 ? 'no witness in the policy' : `witnesses ${count} of ${all}`),
    fails: {
        'consistency.otherLog': ({ older, newer }) => `Invalid: the checkpoints are of different logs (${older}, ${newer})`,
        'consistency.order': ({ older, newer }) =>
            `Invalid: the kept checkpoint has ${older} entries, the proof only ${newer}: the wrong order, or the log became shorter`,
        'consistency.otherSize': ({ stated, older }) =>
            `Invalid: the proof starts at ${stated} entries, the kept checkpoint has ${older}`,
        'consistency.notShown': ({ older, newer }) =>
            `Invalid: the log of ${newer} entries is not shown to contain that of ${older}: the log or the proof was changed`,
        'checkpoint.unknownLog': ({ origin }) => `Invalid: the policy has no log ${origin}`,
        'checkpoint.notByLog': ({ origin }) => `Invalid: the checkpoint is not signed by the log ${origin}`,
    },
    other: (code) => `Invalid: the file cannot be read, or a signature is wrong (${code})`,
};

/** Judges a proof that a log only grew since the kept checkpoint, and says it. Whatever cannot be read proves nothing. */
export async function judgeGrowth(
    proof: Uint8Array,
    older: Uint8Array,
    policy: Policy,
    language: string,
): Promise<{ readonly result: 'valid' | 'incomplete' | 'invalid'; readonly lines: readonly string[] }> {
    const words = language === 'en' ? en : zhCN;
    const seen = ({ witnesses }: CheckpointJudgement) =>
        words.witnesses(witnesses.filter(({ times }) => times.length > 0).length, witnesses.length);
    try {
        // SM2 signs the trees of SM3, which have a name of their own.
        const hash = (origin: string) =>
            verifierDigest[policy.logs.some(({ key }) => key.name === origin && key.algorithm === 'sm2') ? 'sm3' : 'sha256'];
        const verdict = await verifyGrowth({ older, proof }, { policy, hash, verify: verifyWithKey });
        const { older: from, newer: to } = verdict;
        return {
            // That it only grew holds; that it is the log that everybody sees, too few have said.
            result: to.quorum ? 'valid' : 'incomplete',
            lines: [
                `${words.title}: ${words.holds}`,
                words.log(to.checkpoint.origin),
                words.older(String(from.checkpoint.size), seen(from)),
                words.newer(String(to.checkpoint.size), seen(to)),
                ...(to.quorum ? [] : [words.quorum]),
            ],
        };
    } catch (error) {
        if (!(error instanceof DomainError)) throw error;
        const fails = words.fails[error.code];
        return {
            result: 'invalid',
            lines: [`${words.title}: ${fails === undefined ? words.other(error.code) : fails(error.params)}`],
        };
    }
}
