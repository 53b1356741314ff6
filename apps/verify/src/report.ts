import { type ItemVerdict, type PackageVerdict, policyNameText } from '@liuhen/domain';
import type { Words } from './words.ts';

/** A verdict as lines of text. */
export function reportLines(verdict: PackageVerdict, words: Words): string[] {
    return [
        `${words.title}: ${words.results[verdict.result]}`,
        words.resultMeans[verdict.result],
        '',
        ...factsOf(verdict, words).map(([name, value]) => `${name}: ${value}`),
        ...verdict.items.flatMap((item) => ['', ...itemLines(item, verdict.result, words)]),
        ...(verdict.findings.length === 0 ? [] : ['', ...findingLines(verdict, words).map((line) => `! ${line}`)]),
        ...(verdict.notProven.length === 0
            ? []
            : ['', `${words.notProvenTitle}:`, ...verdict.notProven.map((each) => `  - ${words.notProven[each]}`)]),
    ];
}

/** Who, for whom and why, as the manifest says; times in UTC. */
export function factsOf({ manifest, manifestSha256, policy, receipt, discs }: PackageVerdict, words: Words): [string, string][] {
    if (manifest === undefined) return [];
    const { facts } = words;
    const proven = receipt?.signed === true && receipt.findings.length === 0 && receipt.proof !== undefined;
    return [
        [facts.issuer, manifest.issuer.name],
        [facts.maker, manifest.maker],
        [facts.madeAt, timeText(manifest.madeAt)],
        [facts.recipient, manifest.recipient],
        [facts.purpose, manifest.purpose],
        ...(manifest.basis === '' ? [] : [[facts.basis, manifest.basis] as [string, string]]),
        [facts.manifest, manifestSha256 ?? ''],
        ...(discs === undefined ? [] : [[words.discs.title, discText(discs, words.discs)] as [string, string]]),
        [facts.policy, words.policy[policy]],
        [facts.receipt, proven ? words.receipt.present : words.receipt.absent],
    ];
}

/** What is said of an item in a word. Where nothing contradicts and something is missing, it is open: nobody says that it does not hold. */
export const standingOf = ({ holds }: ItemVerdict, result: PackageVerdict['result']): 'holds' | 'open' | 'fails' =>
    holds ? 'holds' : result === 'incomplete' ? 'open' : 'fails';

function itemLines(verdict: ItemVerdict, result: PackageVerdict['result'], { item: words }: Words): string[] {
    const standing = words.standing[standingOf(verdict, result)];
    return [`${verdict.item.name}: ${standing}`, ...itemFacts(verdict, words).map((fact) => `  ${fact}`)];
}

/** What was found of an item, one sentence each. */
export function itemFacts({ content, sm3, bound, entry, stamp }: ItemVerdict, words: Words['item']): string[] {
    const facts = [words.content[content], ...(sm3 ? [words.sm3] : []), words.bound(bound)];
    const { proof, smProof } = entry;
    if (proof === undefined) facts.push(words.notInLog);
    else {
        const witnesses = proof.witnesses.filter(({ times }) => times.length > 0);
        const names = [...new Set(proof.log.map(({ name }) => name))].join(', ');
        facts.push(words.inLog(proof.checkpoint.origin, String(proof.index + 1n), String(proof.checkpoint.size)));
        facts.push(words.keys(names), words.witnesses(witnesses.length, proof.witnesses.length));
        facts.push(...witnesses.map(({ name, times }) => `${policyNameText(name)} ${timeText(Number(times[0] ?? 0n) * 1000)}`));
    }
    if (smProof !== undefined) facts.push(words.smHead);
    facts.push(stamp === undefined ? words.notStamped : words.stamped(timeText(stamp.at), stamp.authority, stamp.believed));
    facts.push(words.signed(entry.signed));
    return facts;
}

/** What was found, with the file and the code of the refusal. */
export const findingLines = ({ findings }: PackageVerdict, words: Words): string[] =>
    findings.map(({ code, path, reason, volume }) => {
        const isDisc = code === 'package.volumeMissing' || code === 'package.volumeAgain';
        const about = [path, isDisc ? words.discs.one(reason ?? '') : reason, volume && words.discs.one(String(volume))];
        return [words.findings[code], ...about.filter((each) => each !== undefined)].join(' - ');
    });

export const timeText = (at: number): string => new Date(at).toISOString().replace('T', ' ').replace('.000Z', ' UTC');

/** How many discs were read, and which were not. */
export function discText({ count, missing, again }: NonNullable<PackageVerdict['discs']>, words: Words['discs']): string {
    const parts = [words.read(count - missing.length, count)];
    if (missing.length > 0) parts.push(words.missing(missing));
    if (again.length > 0) parts.push(words.again(again));
    if (missing.length + again.length === 0) parts.push(words.all);
    return parts.join(' · ');
}
