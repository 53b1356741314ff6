import type { FileStream } from '@liuhen/domain';
import type { ByteSource } from './byte-source.ts';

/**
 * What a Matroska or WebM file says of itself outside its tracks (RFC 9559): who wrote it, when, how long it is and how far its segment
 * reaches. Clusters are passed over by their length. What is written without lengths, as by a live recorder, ends anywhere.
 */
const ID = { segment: 0x18538067, info: 0x1549a966, tags: 0x1254c367, tag: 0x7373, simpleTag: 0x67c8 } as const;
const INFO = { muxer: 0x4d80, writer: 0x5741, title: 0x7ba9, date: 0x4461, duration: 0x4489, scale: 0x2ad7b1 } as const;
const TAG = { name: 0x45a3, text: 0x4487 } as const;
const MOST_ELEMENTS = 400_000;
const MOST_TEXT = 4_096;
/** Seconds from 1904 to 2001, where its dates begin. */
const FROM_2001 = (Date.UTC(2001, 0, 1) - Date.UTC(1904, 0, 1)) / 1_000;
const TAGS_THAT_NAME = /^(?:ENCODER|ENCODED_BY|WRITING_APP|MUXER|HANDLER_NAME|VENDOR_ID)$/;

type Element = { readonly id: number; readonly from: number; readonly size: number | undefined };

export type MatroskaFacts = { readonly encoders: readonly string[]; readonly stream: FileStream };

export function readMatroska(source: ByteSource): MatroskaFacts | undefined {
    const length = Number(source.length);
    const budget = { left: MOST_ELEMENTS };
    let end: number | undefined;
    const names: string[] = [];
    let [scale, ticks, created] = [1_000_000, 0, 0];
    for (const segment of elements(source, 0, length, budget)) {
        if (segment.id !== ID.segment) continue;
        end = segment.size === undefined ? undefined : segment.from + segment.size;
        for (const each of elements(source, segment.from, Math.min(end ?? length, length), budget)) {
            const to = Math.min(length, each.from + (each.size ?? 0));
            if (each.id === ID.info) {
                for (const { id, from, size = 0 } of elements(source, each.from, to, budget)) {
                    const bytes = source.read(BigInt(from), Math.min(size, MOST_TEXT));
                    if (id === INFO.muxer || id === INFO.writer || id === INFO.title) names.push(textOf(bytes));
                    else if (id === INFO.scale) scale = numberOf(bytes);
                    else if (id === INFO.duration)
                        ticks = bytes.length === 8 ? bytes.readDoubleBE() : bytes.length === 4 ? bytes.readFloatBE() : 0;
                    else if (id === INFO.date && bytes.length === 8)
                        created = Number(bytes.readBigInt64BE() / 1_000_000_000n) + FROM_2001;
                }
            } else if (each.id === ID.tags) names.push(...tagsIn(source, each.from, to, budget));
        }
        break;
    }
    if (end === undefined && names.length === 0 && ticks === 0) return undefined;
    const declaredMs = Math.round((ticks * scale) / 1_000_000);
    const isLength = Number.isSafeInteger(declaredMs) && declaredMs > 0;
    return {
        encoders: [...new Set(names.filter((each) => each !== ''))].slice(0, 8),
        stream: {
            end: end !== undefined || isLength ? 'stated' : 'unknown',
            ...(end !== undefined && end > length && Number.isSafeInteger(end) ? { missingBytes: end - length } : {}),
            ...(isLength ? { declaredMs } : {}),
            ...(Number.isSafeInteger(created) && created > 0 ? { createdSeconds: created } : {}),
        },
    };
}

function tagsIn(source: ByteSource, from: number, to: number, budget: { left: number }): string[] {
    const names: string[] = [];
    for (const tag of elements(source, from, to, budget)) {
        if (tag.id !== ID.tag) continue;
        for (const simple of elements(source, tag.from, Math.min(to, tag.from + (tag.size ?? 0)), budget)) {
            if (simple.id !== ID.simpleTag) continue;
            let [name, text] = ['', ''];
            for (const { id, from: at, size = 0 } of elements(
                source,
                simple.from,
                Math.min(to, simple.from + (simple.size ?? 0)),
                budget,
            )) {
                if (id === TAG.name) name = textOf(source.read(BigInt(at), Math.min(size, MOST_TEXT)));
                else if (id === TAG.text) text = textOf(source.read(BigInt(at), Math.min(size, MOST_TEXT)));
            }
            if (TAGS_THAT_NAME.test(name.toUpperCase())) names.push(text);
        }
    }
    return names;
}

/** Elements one after the other; one without a length is the last that can be told apart. */
function* elements(source: ByteSource, from: number, to: number, budget: { left: number }): Generator<Element> {
    for (let at = from; at + 2 <= to && budget.left-- > 0; ) {
        const head = source.read(BigInt(at), 12);
        const idLength = lengthOf(head[0] ?? 0);
        const sizeLength = lengthOf(head[idLength] ?? 0);
        if (idLength > 4 || sizeLength > 8 || head.length < idLength + sizeLength) return;
        const sized = head.subarray(idLength, idLength + sizeLength);
        const size = sizeOf(sized, sizeLength);
        const begins = at + idLength + sizeLength;
        yield { id: head.readUIntBE(0, idLength), from: begins, size };
        if (size === undefined) return;
        at = begins + size;
    }
}

/** By the first set bit (RFC 8794, 4). */
const lengthOf = (first: number): number => (first === 0 ? 9 : Math.clz32(first) - 23);

/** All bits set: not known. */
function sizeOf(bytes: Buffer, length: number): number | undefined {
    const marker = 1 << (8 - length);
    let value = (bytes[0] ?? 0) & (marker - 1);
    let isUnknown = value === marker - 1;
    for (const byte of bytes.subarray(1)) {
        value = value * 256 + byte;
        isUnknown &&= byte === 0xff;
    }
    return isUnknown || !Number.isSafeInteger(value) ? undefined : value;
}

const numberOf = (bytes: Buffer): number =>
    bytes.length === 0 || bytes.length > 6 ? 1_000_000 : bytes.readUIntBE(0, bytes.length);

const textOf = (bytes: Buffer): string =>
    bytes
        .toString('utf8')
        .replace(/[\p{C}\ufffd]/gu, '')
        .trim()
        .slice(0, 80);
