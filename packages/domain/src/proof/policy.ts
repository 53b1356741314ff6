import { fromBase64, toBase64 } from '../kernel/base64.ts';
import { sameBytes, utf8Bytes, utf8Text } from '../kernel/bytes.ts';
import { DomainError } from '../kernel/domain-error.ts';
import type { HashFunction } from '../ledger/digest.ts';
import { parseDecimal } from './checkpoint.ts';
import { readCertificate } from './time-stamp/certificate.ts';
import { formatVerifierKey, type KeyAlgorithm, parseVerifierKey, type VerifierKey } from './verifier-key.ts';

/**
 * Trust policies of c2sp.org/tlog-policy: which logs and witnesses somebody trusts, and how many of the witnesses must have
 * cosigned a checkpoint. The file comes from elsewhere than what it judges.
 */
export type Policy = {
    readonly logs: readonly PolicyLog[];
    readonly witnesses: readonly PolicyWitness[];
    /** In the order of the file: members come before the groups they are in. */
    readonly groups: readonly PolicyGroup[];
    /** Name of the witness or group that must have witnessed, `undefined` for none. */
    readonly quorum: string | undefined;
    /** Certificates (DER) of time-stamp authorities that are believed, or of those that issued theirs. Absent where there are none. */
    readonly authorities?: readonly Uint8Array[];
};

export type PolicyLog = { readonly key: VerifierKey; readonly url?: string };
/** Names stand for themselves within one policy. They are octets: each letter of the text is one, 0x80 to 0xff included. */
export type PolicyWitness = { readonly name: string; readonly key: VerifierKey; readonly url?: string };
export type PolicyGroup = { readonly name: string; readonly threshold: number; readonly members: readonly string[] };

/** Most logs, witnesses and groups that are read of each. The text asks for at least 32. */
export const POLICY_MAX_ITEMS = 1024;
export const POLICY_MAX_BYTES = 4_000_000;

const LOG_ALGORITHMS: readonly KeyAlgorithm[] = ['ed25519', 'ml-dsa-44', 'sm2'];
const WITNESS_ALGORITHMS: readonly KeyAlgorithm[] = ['cosignature/v1', 'ml-dsa-44'];
const NONE = 'none';
/**
 * How a certificate of a time-stamp authority is named. The text of C2SP knows no such line, so it begins as a remark does: programs of
 * others pass it over, and no remark of theirs begins like this.
 */
const AUTHORITY = '#time-stamp-authority';
const MOST_AUTHORITIES = 20;

/** The name of a witness or group as text for people: UTF-8 where the octets are, else each octet as a letter. */
export const policyNameText = (name: string): string => utf8Text(Uint8Array.from(name, (octet) => octet.charCodeAt(0))) ?? name;

/**
 * Reads a policy. Throws `policy.malformed` with the `line` (from 1; 0 for the file as a whole) and a `reason`: nothing
 * that a line says is guessed at or passed over.
 */
export function parsePolicy(sha256: HashFunction, bytes: Uint8Array): Policy {
    if (bytes.length > POLICY_MAX_BYTES) throw new Refusal('tooLong', 0);
    const reader = createReader(sha256);
    const lines = octets(bytes).split('\n');
    // A file cut off within its last line could mean something else, so the last line ends in a newline as well.
    if (lines.pop() !== '') throw new Refusal('noNewline', lines.length + 1);
    for (const [at, line] of lines.entries()) {
        try {
            if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(line)) throw new Refusal('characters');
            const items = line.split(/[ \t]+/).filter((item) => item !== '');
            if (items[0] === AUTHORITY) reader.authority(items.slice(1));
            else if (items[0] !== undefined && !items[0].startsWith('#')) reader.take(items[0], items.slice(1));
        } catch (error) {
            if (error instanceof Refusal) throw new Refusal(String(error.params.reason), at + 1);
            if (error instanceof DomainError) throw new Refusal(`${error.code} ${error.params.reason}`, at + 1);
            throw error;
        }
    }
    return reader.finish();
}

/**
 * The file of a policy, each remark on a line of its own before it; `parsePolicy` gives the policy again. Throws
 * `policy.malformed` for what could not be read again: names and addresses with blanks in them, a name twice, an unknown
 * member, a key that may not stand there.
 */
export function formatPolicy(sha256: HashFunction, policy: Policy, remarks: readonly string[] = []): Uint8Array {
    const url = (of: { readonly url?: string }) => (of.url === undefined ? '' : ` ${of.url}`);
    const lines = [
        ...policy.logs.map((log) => `log ${octetsOf(formatVerifierKey(log.key))}${url(log)}`),
        ...policy.witnesses.map((each) => `witness ${each.name} ${octetsOf(formatVerifierKey(each.key))}${url(each)}`),
        ...policy.groups.map(({ name, threshold, members }) => `group ${name} ${threshold} ${members.join(' ')}`),
        `quorum ${policy.quorum ?? NONE}`,
        ...(policy.authorities ?? []).map((certificate) => `${AUTHORITY} ${toBase64(certificate)}`),
    ];
    const all = [...remarks.map((remark) => `# ${octetsOf(remark)}`), ...lines];
    if (all.some((line) => line.includes('\n'))) throw new Refusal('characters');
    const text = all.map((line) => `${line}\n`).join('');
    const bytes = Uint8Array.from(text, (octet) => octet.charCodeAt(0));
    parsePolicy(sha256, bytes);
    return bytes;
}

/** Text as the octets of its UTF-8, each as the letter of its number. */
const octetsOf = (text: string): string => octets(utf8Bytes(text));

/** A refusal, of line 0 until the line is known. */
class Refusal extends DomainError {
    constructor(reason: string, line = 0) {
        super('policy.malformed', { line, reason });
    }
}

/** Each octet as the letter of its number. */
function octets(bytes: Uint8Array): string {
    let text = '';
    for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
    return text;
}

function createReader(sha256: HashFunction) {
    const logs: PolicyLog[] = [];
    const witnesses: PolicyWitness[] = [];
    const groups: PolicyGroup[] = [];
    const defined = new Set<string>();
    const members = new Set<string>();
    const authorities: Uint8Array[] = [];
    let quorum: { name: string | undefined } | undefined;

    const lines: Record<string, (items: readonly string[]) => void> = {
        log(items) {
            const [vkey, url] = taken(items, 1, 2);
            const key = readKey(vkey, LOG_ALGORITHMS, logs);
            logs.push({ key, ...(url === undefined ? {} : { url }) });
        },
        witness(items) {
            const [name, vkey, url] = taken(items, 2, 3);
            define(name);
            const key = readKey(vkey, WITNESS_ALGORITHMS, witnesses);
            witnesses.push({ name, key, ...(url === undefined ? {} : { url }) });
        },
        group(items) {
            const [name, threshold, ...names] = taken(items, 3, 2 + POLICY_MAX_ITEMS);
            for (const member of names) {
                if (member === NONE || !defined.has(member)) throw new Refusal('unknownName');
                if (members.has(member)) throw new Refusal('memberTwice');
                members.add(member);
            }
            define(name);
            groups.push({ name, threshold: readThreshold(threshold, names.length), members: names });
        },
        quorum(items) {
            const [name] = taken(items, 1, 1);
            if (quorum !== undefined) throw new Refusal('quorumTwice');
            if (name !== NONE && !defined.has(name)) throw new Refusal('unknownName');
            quorum = { name: name === NONE ? undefined : name };
        },
    };

    function define(name: string): void {
        if (name === NONE) throw new Refusal('nameNone');
        if (defined.has(name)) throw new Refusal('nameTwice');
        defined.add(name);
    }

    function readKey(text: string, allowed: readonly KeyAlgorithm[], others: readonly { key: VerifierKey }[]): VerifierKey {
        if (others.length >= POLICY_MAX_ITEMS) throw new Refusal('tooMany');
        const key = parseVerifierKey(sha256, utf8Text(Uint8Array.from(text, (octet) => octet.charCodeAt(0))) ?? '');
        if (key.algorithm === 'unknown' || !allowed.includes(key.algorithm)) throw new Refusal('keyType');
        // The same key under another name or id would count twice.
        if (others.some((other) => sameBytes(other.key.publicKey, key.publicKey))) throw new Refusal('keyTwice');
        return key;
    }

    return {
        take(keyword: string, items: readonly string[]): void {
            const line = Object.hasOwn(lines, keyword) ? lines[keyword] : undefined;
            if (line === undefined) throw new Refusal('unknownKeyword');
            line(items);
            if (groups.length > POLICY_MAX_ITEMS) throw new Refusal('tooMany');
        },
        authority(items: readonly string[]): void {
            const [text] = taken(items, 1, 1);
            const certificate = fromBase64(text);
            if (certificate === undefined || authorities.length >= MOST_AUTHORITIES) throw new Refusal('certificate');
            readCertificate(certificate);
            authorities.push(certificate);
        },
        finish(): Policy {
            if (quorum === undefined) throw new Refusal('noQuorum');
            return { logs, witnesses, groups, quorum: quorum.name, ...(authorities.length === 0 ? {} : { authorities }) };
        },
    };
}

/** The items of a line when there are at least `least` and at most `most` of them. */
function taken(items: readonly string[], least: number, most: number): [string, string, ...string[]] {
    if (items.length < least || items.length > most) throw new Refusal('items');
    return items as unknown as [string, string, ...string[]];
}

function readThreshold(text: string, members: number): number {
    if (text === 'all') return members;
    if (text === 'any') return 1;
    const threshold = parseDecimal(text);
    if (threshold === undefined || threshold < 1n || threshold > BigInt(members)) throw new Refusal('threshold');
    return Number(threshold);
}
