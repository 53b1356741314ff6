import type { ItemVerdict, NotProven, PackageFindingCode, PackageResult, PackageVerdict, ZipErrorCode } from '@liuhen/domain';
import type { RecordWords } from './record-words.ts';

/** What the verifier says, in one language; the command line and the page say the same. */
export type Words = {
    readonly title: string;
    readonly results: Readonly<Record<PackageResult, string>>;
    readonly resultMeans: Readonly<Record<PackageResult, string>>;
    readonly facts: Readonly<
        Record<'issuer' | 'maker' | 'recipient' | 'purpose' | 'basis' | 'madeAt' | 'manifest' | 'policy' | 'receipt', string>
    >;
    readonly policy: Readonly<Record<PackageVerdict['policy'], string>>;
    readonly receipt: { readonly present: string; readonly absent: string };
    readonly item: {
        readonly content: Readonly<Record<ItemVerdict['content'], string>>;
        readonly sm3: string;
        readonly bound: (yes: boolean) => string;
        readonly inLog: (origin: string, index: string, size: string) => string;
        readonly notInLog: string;
        readonly signed: (yes: boolean) => string;
        readonly keys: (names: string) => string;
        readonly witnesses: (count: number, all: number) => string;
        readonly smHead: string;
        readonly stamped: (time: string, authority: string, believed: boolean) => string;
        readonly notStamped: string;
        readonly standing: Readonly<Record<'holds' | 'open' | 'fails', string>>;
    };
    readonly notProvenTitle: string;
    readonly notProven: Readonly<Record<NotProven, string>>;
    readonly findings: Readonly<Record<PackageFindingCode, string>>;
    readonly discs: {
        readonly title: string;
        readonly read: (done: number, all: number) => string;
        readonly missing: (discs: readonly number[]) => string;
        readonly again: (discs: readonly number[]) => string;
        readonly all: string;
        readonly one: (disc: string) => string;
    };
    /** Said of an ISO image. */
    readonly mountFirst: string;
    readonly record: RecordWords;
    readonly unreadable: string;
    readonly noFile: (path: string) => string;
    /** Where nothing was judged. */
    readonly unreadableBecause: Readonly<Record<ZipErrorCode | 'policy.malformed', string>>;
};
