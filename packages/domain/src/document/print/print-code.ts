import { toHex } from '../../kernel/hex.ts';
import type { Id } from '../../kernel/ids.ts';

/**
 * What the code on each page says: which print, and the digest of what was printed. Capital hexadecimal digits and colons only,
 * which a QR code holds in little more than half the room, so that it can be read from a scan.
 */
export const printCode = (print: Id, digest: Uint8Array): { readonly payload: string; readonly label: string } => ({
    payload: `LH1:${print.replaceAll('-', '').toUpperCase()}:${toHex(digest).toUpperCase()}`,
    label: `打印编号 ${print}`,
});

/** Reads a code again, or `undefined` for one that is none of ours. */
export function readPrintCode(payload: string): { readonly print: Id; readonly digest: string } | undefined {
    const [, print, digest] = /^LH1:([0-9A-F]{32}):([0-9A-F]{64})$/.exec(payload.trim()) ?? [];
    if (print === undefined || digest === undefined) return undefined;
    const id = print.toLowerCase().replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
    return { print: id, digest: digest.toLowerCase() };
}
