import { createHash } from 'node:crypto';
import { DomainError } from '@liuhen/domain';

/** One of three shares of a key file. Two of the same set give the file back; one says nothing of it. */
export type KeyShare = {
    readonly number: number;
    /** Name of the key file. */
    readonly key: string;
    /** SHA-256 of the public key, in hex: what a joined key is compared with. */
    readonly publicKey: string;
    /** Of the splitting: shares of two splittings of one key do not fit. */
    readonly set: string;
    readonly bytes: Uint8Array;
};

const TITLE = /^Liuhen key share ([1-3]) of 3, 2 are needed$/;
const PER_LINE = 16;
const hash = (text: string | Uint8Array): string => createHash('sha256').update(text).digest('hex');

/** To be printed: hexadecimal with a check at the end of each line, and one over everything. */
export function formatShare({ number, key, publicKey, set, bytes }: KeyShare): string {
    const lines: string[] = [];
    for (let at = 0; at < bytes.length; at += PER_LINE) lines.push(lineOf(lines.length + 1, bytes.subarray(at, at + PER_LINE)));
    const text = [
        `Liuhen key share ${number} of 3, 2 are needed`,
        `key: ${key}`,
        `public: ${publicKey}`,
        `set: ${set}`,
        ...lines,
    ];
    return `${text.join('\n')}\ncheck: ${hash(text.join('\n')).slice(0, 16)}\n`;
}

/** Throws `keyShare.none` for what is no share, `keyShare.line {line}` for a line with a mistake, `keyShare.damaged`. */
export function parseShare(text: string): KeyShare {
    const lines = text
        .trim()
        .split(/\r?\n/)
        .map((line) => line.trim());
    const number = Number(TITLE.exec(lines[0] ?? '')?.[1] ?? 0);
    const [key, publicKey, set] = ['key', 'public', 'set'].map((name, at) => fieldOf(lines[at + 1], name));
    if (number === 0 || key === undefined || publicKey === undefined || set === undefined) throw new DomainError('keyShare.none');
    const parts = lines.slice(4, -1).map((line, at) => bytesOf(line, at + 1));
    if (fieldOf(lines.at(-1), 'check') !== hash(lines.slice(0, -1).join('\n')).slice(0, 16))
        throw new DomainError('keyShare.damaged');
    return { number, key, publicKey, set, bytes: new Uint8Array(Buffer.concat(parts)) };
}

/** `01  0123 4567 …  check` */
function lineOf(number: number, bytes: Uint8Array): string {
    const groups =
        Buffer.from(bytes)
            .toString('hex')
            .match(/.{1,4}/g) ?? [];
    return `${String(number).padStart(2, '0')}  ${groups.join(' ')}  ${checkOf(number, bytes)}`;
}

function bytesOf(line: string, number: number): Uint8Array {
    const [, groups = '', check] = /^\d\d +((?:[0-9a-f]{2,4} )*[0-9a-f]{2,4}) +([0-9a-f]{4})$/i.exec(line) ?? [];
    const bytes = Buffer.from(groups.replaceAll(' ', ''), 'hex');
    if (check === undefined || line !== lineOf(number, bytes)) throw new DomainError('keyShare.line', { line: number });
    return bytes;
}

const checkOf = (number: number, bytes: Uint8Array): string => hash(Buffer.concat([Buffer.from([number]), bytes])).slice(0, 4);

const fieldOf = (line: string | undefined, name: string): string | undefined =>
    line?.startsWith(`${name}: `) === true ? line.slice(name.length + 2) : undefined;
