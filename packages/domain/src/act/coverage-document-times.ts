import type { Duration, Instant } from '../kernel/instant.ts';
import { interval, subtract } from '../kernel/interval.ts';
import type { PersonCoverage } from './coverage.ts';
import type { BoundedInstant } from './coverage-facts.ts';
import type { DetailCode, DocumentFacts, Statement, StatementInput, StatementStatus } from './coverage-statement.ts';
import { allExempt } from './coverage-throughout.ts';

type Side = 'start' | 'end';
type SideState = 'agrees' | 'differs' | 'encloses' | 'short' | 'unknown';
type SideVerdict = { readonly state: SideState; readonly ms: Duration };

const STATUS: Record<SideState, StatementStatus> = {
    agrees: 'held',
    encloses: 'held',
    unknown: 'judge',
    differs: 'act',
    short: 'act',
};

/**
 * 附件1 第10条: the process that the recording shows agrees with the document, to the minute. Where the opening and
 * closing words are confirmed they are compared; until then the footage must enclose the document's interval (recorders
 * start on arrival, so longer footage is right). Of several documents of one act the earliest start and the latest end are the
 * process; what lies between, such as an inquiry made during an inspection, has to lie within it. `ms` is recording minus document:
 * negative means earlier.
 */
export function documentTimesStatement(input: StatementInput, coverage: readonly PersonCoverage[]): Statement {
    const documents = input.documents.filter((each) => each.start !== null || each.end !== null);
    const verdicts = documents.map((document) => documentVerdict(document, input, coverage));
    const worst = verdicts.toSorted((a, b) => ORDER.indexOf(b.status) - ORDER.indexOf(a.status))[0];
    const say = (status: StatementStatus, code: Statement['code'], details: Statement['details']): Statement => {
        return { id: 'documentTimes', status, code, params: { documents: documents.length }, details, counts: true };
    };
    if (worst === undefined) return say('judge', 'documentTimes.noDocument', []);
    if (allExempt(coverage) && input.recordings.length === 0) return say('held', 'documentTimes.exempt', []);
    const details = (['start', 'end'] as const).map((side) => {
        const { state, ms } = worst[side];
        return { code: `${side}.${state}` satisfies DetailCode as DetailCode, params: { ms, absMs: Math.abs(ms) } };
    });
    if (worst.status === 'act') return say('act', 'documentTimes.differ', details);
    return worst.status === 'judge'
        ? say('judge', 'documentTimes.unknown', details)
        : say('held', 'documentTimes.agree', details);
}

const ORDER: readonly StatementStatus[] = ['held', 'judge', 'act', 'broken'];

type DocumentVerdict = { readonly status: StatementStatus; readonly start: SideVerdict; readonly end: SideVerdict };

function documentVerdict(document: DocumentFacts, input: StatementInput, coverage: readonly PersonCoverage[]): DocumentVerdict {
    const start = sideVerdict('start', document.start, input, coverage);
    const end = sideVerdict('end', document.end, input, coverage);
    const later = Math.max(ORDER.indexOf(STATUS[start.state]), ORDER.indexOf(STATUS[end.state]));
    return { status: ORDER[later] ?? 'judge', start, end };
}

function sideVerdict(
    side: Side,
    stated: Instant | null,
    { speech, documents, parameters: { documentToleranceMs } }: StatementInput,
    coverage: readonly PersonCoverage[],
): SideVerdict {
    const unknown: SideVerdict = { state: 'unknown', ms: 0 };
    if (stated === null) return unknown;
    const marks = speech.filter((each) => each.kind === (side === 'start' ? 'opening' : 'closing') && each.state === 'confirmed');
    if (marks.length > 0) {
        const times = marks.flatMap((each) => each.corrected ?? []);
        const mark = times.length < marks.length ? undefined : outermost(side, times);
        if (mark === undefined) return unknown;
        const verdictOf = isBeyondAll(side, stated, documents) ? markVerdict : edgeVerdict;
        return verdictOf(side, mark, stated, documentToleranceMs);
    }
    if (coverage.some((each) => each.basis === 'device' || each.basis === 'mixed' || each.unplaced > 0)) return unknown;
    if (side === 'end' && coverage.some((each) => each.openStarts.length > 0)) return unknown;
    const edges = coverage.flatMap(({ runs, openStarts }) =>
        [...runs, ...openStarts].map((each) => (side === 'end' && 'end' in each ? each.end : each.start)),
    );
    const edge = outermost(side, edges);
    if (edge === undefined) return unknown;
    const verdict = edgeVerdict(side, edge, stated, documentToleranceMs);
    // Where being short is excused, so is what is only perhaps short.
    const isShort = verdict.state === 'short' || verdict.state === 'unknown';
    return isShort && isExcused(stated, edge.at, coverage) ? { ...verdict, state: 'encloses' } : verdict;
}

/** Whether no document states an earlier start, or a later end. */
const isBeyondAll = (side: Side, stated: Instant, documents: readonly DocumentFacts[]): boolean =>
    documents.every(({ [side]: other }) => other === null || (side === 'start' ? stated <= other : stated >= other));

/** Between the document's edge and the footage nothing had to be recorded (附件1 第11、13条). */
function isExcused(stated: Instant, edge: Instant, coverage: readonly PersonCoverage[]): boolean {
    const between = interval(Math.min(stated, edge), Math.max(stated, edge));
    const exempt = coverage.flatMap((each) => each.gaps.filter((gap) => gap.state === 'exempt'));
    return between !== undefined && subtract(between, exempt).length === 0;
}

/**
 * Both recorders may carry the same words: the earliest opening and the latest closing bound the process. Of two at the same moment the
 * one that is known more exactly counts, whoever is named first.
 */
const outermost = (side: Side, of: readonly BoundedInstant[]): BoundedInstant | undefined =>
    of.reduce<BoundedInstant | undefined>((best, next) => {
        if (best === undefined) return next;
        if (next.at === best.at) return next.upper - next.lower < best.upper - best.lower ? next : best;
        return (side === 'start' ? next.at < best.at : next.at > best.at) ? next : best;
    }, undefined);

function markVerdict(_side: Side, mark: BoundedInstant, stated: Instant, documentToleranceMs: Duration): SideVerdict {
    const ms = mark.at - stated;
    const inside = mark.lower >= stated - documentToleranceMs && mark.upper <= stated + documentToleranceMs;
    const outside = mark.upper < stated - documentToleranceMs || mark.lower > stated + documentToleranceMs;
    return { state: inside ? 'agrees' : outside ? 'differs' : 'unknown', ms };
}

function edgeVerdict(side: Side, edge: BoundedInstant, stated: Instant, documentToleranceMs: Duration): SideVerdict {
    const ms = edge.at - stated;
    const sign = side === 'start' ? 1 : -1;
    const surely = sign > 0 ? edge.upper - stated : stated - edge.lower;
    const atLeast = sign > 0 ? edge.lower - stated : stated - edge.upper;
    return { state: surely <= documentToleranceMs ? 'encloses' : atLeast > documentToleranceMs ? 'short' : 'unknown', ms };
}
