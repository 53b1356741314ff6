import { toHex } from '../../kernel/hex.ts';
import type { Id } from '../../kernel/ids.ts';

/**
 * What the code on each page says: which print, the digest of what was printed, and which page. Capital hexadecimal digits, figures
 * and colons only, which a QR code holds in little more than half the room, so that it can be read from a scan. `payload` is what
 * all pages share; `pageCode` adds the page.
 */
export const printCode = (print: Id, digest: Uint8Array): { readonly payload: string; readonly label: string } => ({
    payload: `LH2:${print.replaceAll('-', '').toUpperCase()}:${toHex(digest).toUpperCase()}`,
    label: `打印编号 ${print}`,
});

/** The code of one page, counted from 1. */
export const pageCode = (payload: string, page: number): string => `${payload}:${page}`;

export type ReadPrintCode = {
    readonly print: Id;
    readonly digest: string;
    /** Of papers printed while the code did not say it: none. */
    readonly page: number | null;
};

/** Reads a code again, or `undefined` for one that is none of ours. */
export function readPrintCode(payload: string): ReadPrintCode | undefined {
    const found = /^(?:LH1:([0-9A-F]{32}):([0-9A-F]{64})|LH2:([0-9A-F]{32}):([0-9A-F]{64}):([1-9]\d{0,3}))$/.exec(payload.trim());
    const print = found?.[1] ?? found?.[3];
    const digest = found?.[2] ?? found?.[4];
    if (print === undefined || digest === undefined) return undefined;
    const id = print.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return { print: id, digest: digest.toLowerCase(), page: found?.[5] === undefined ? null : Number(found[5]) };
}
