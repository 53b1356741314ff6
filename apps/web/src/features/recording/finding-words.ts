import { fill } from '@liuhen/contract';
import { formatMediaTime, type RecordingState } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import type { Status } from '../../app/page.tsx';

export type Finding = {
    readonly code: string;
    readonly severity: 'broken' | 'limited' | 'advisory';
    readonly params: Readonly<Record<string, string | number>>;
};
type Inspected = { readonly state: string; readonly inspected: boolean; readonly findings: readonly Finding[] };

/** Findings that stop a browser although the file is whole. */
const HINDERS: ReadonlySet<string> = new Set([
    'media.codecNotPlayable',
    'media.containerNotPlayable',
    'media.unsupportedContainer',
    'media.picture',
    'media.positions',
    'media.log',
    'media.noVideo',
    'media.inspectionFailed',
    'media.inspectionTimedOut',
]);

const RANK = { advisory: 0, limited: 1, broken: 2 } as const;

/** Some sentences are told apart by what their parameters say. */
function keyOf(code: string, params: Finding['params']): string {
    if (code === 'media.truncated' && params.lastUsableMs !== undefined) return 'media.truncatedUsable';
    if (code === 'media.log' && params.form === 'timed') return 'media.logTimed';
    return code === 'media.log' && params.form === 'keyed' ? 'media.logKeyed' : code;
}

/** What the inspection found, in words; an unknown code is shown as it is rather than hidden. */
export function useFindingWords() {
    const text = useText();
    const format = useFormat();
    const words = ({ code, params }: Finding): string => {
        const key = keyOf(code, params);
        const sentence = (text.finding as Readonly<Record<string, string>>)[key];
        if (sentence === undefined) return code;
        const filled: Record<string, string | number> = { ...params };
        if (typeof params.missingBytes === 'number') filled.missing = format.bytes(params.missingBytes);
        if (typeof params.lastUsableMs === 'number') filled.usable = format.duration(params.lastUsableMs);
        if (typeof params.frameRateMilli === 'number') filled.rate = frameRate(params.frameRateMilli);
        if (typeof params.declaredMs === 'number') filled.declared = format.duration(params.declaredMs);
        if (typeof params.durationMs === 'number') filled.actual = format.duration(params.durationMs);
        if (typeof params.startMs === 'number') filled.start = format.duration(params.startMs);
        if (typeof params.endMs === 'number') filled.end = format.duration(params.endMs);
        filled.drift = typeof params.driftMs === 'number' ? format.duration(params.driftMs) : '?';
        if (typeof params.atMs === 'number') filled.at = formatMediaTime(params.atMs);
        return fill(sentence, filled);
    };
    /** A sign in the structure; an unknown code is shown as it is. */
    const sign = ({ code, params }: Pick<Finding, 'code' | 'params'>): string => {
        const sentence = (text.sign as Readonly<Record<string, string>>)[code];
        if (sentence === undefined) return code;
        const filled: Record<string, string | number> = { ...params };
        const lengths = { lengthMs: 'length', longestMs: 'longest', laterMs: 'later', differenceMs: 'difference' } as const;
        for (const [key, name] of Object.entries(lengths)) {
            const value = params[key];
            if (typeof value === 'number') filled[name] = format.duration(value);
        }
        if (typeof params.longestAtMs === 'number') filled.at = formatMediaTime(params.longestAtMs);
        if (typeof params.bytes === 'number') filled.size = format.bytes(params.bytes);
        return fill(sentence, filled);
    };
    /** The one thing to know about a file: its state when that is bad, else its worst finding, else that all is well. */
    const worst = (of: Inspected): { status: Status; words: string } => {
        const state = of.state as RecordingState;
        if (state === 'damaged' || state === 'quarantined') return { status: 'broken', words: text.recording.states[state] };
        if (!of.inspected) return { status: 'judge', words: text.recording.notInspected };
        const finding = of.findings.toSorted((a, b) => RANK[b.severity] - RANK[a.severity])[0];
        if (finding === undefined) return { status: 'held', words: text.recording.noFindings };
        return { status: statusOf(finding.severity), words: words(finding) };
    };
    /** Why a file does not play: what is broken, else what browsers cannot do with it. */
    const hinderance = ({ findings }: { findings: readonly Finding[] }): Finding | undefined =>
        findings.find((each) => each.severity === 'broken') ?? findings.find((each) => HINDERS.has(each.code));
    return { words, sign, worst, hinderance };
}

export const statusOf = (severity: Finding['severity']): Status =>
    (({ broken: 'broken', limited: 'act', advisory: 'held' }) as const)[severity];

/** `25`, `29.97` */
export const frameRate = (milli: number): string => String(Math.round(milli / 10) / 100);
