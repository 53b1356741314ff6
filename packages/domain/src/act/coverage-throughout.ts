import type { Interval } from '../kernel/interval.ts';
import { totalLength } from '../kernel/interval.ts';
import type { PersonCoverage } from './coverage.ts';
import type { GapRuling } from './coverage-facts.ts';
import { isSureGap, isUnexcused } from './coverage-gaps.ts';
import type { DetailCode, Params, Statement, StatementCode, StatementInput, StatementStatus } from './coverage-statement.ts';

/** Nothing had to be recorded at all, and somebody confirmed it (附件1 第11、13条). */
export function allExempt(coverage: readonly PersonCoverage[]): boolean {
    const owing = coverage.filter((each) => each.requiredMs > 0);
    return owing.length > 0 && owing.every((each) => each.exemptMs === each.requiredMs);
}

/**
 * 附件1 第10条: recorded throughout. The figure is that of the officer or room that has least. What is exempt is counted as
 * that, never as recorded.
 */
export function throughoutStatement(input: StatementInput, coverage: readonly PersonCoverage[]): Statement {
    const { recordings, segments, exemptions } = input;
    const gaps = coverage.flatMap((of) =>
        of.gaps.map((gap) => ({ ...gap, inVain: isUnexcused(gap, of.kind), sure: isSureGap(gap, of) })),
    );
    const inState = (state: (typeof gaps)[number]['state']) => gaps.filter((gap) => gap.state === state);
    const open = inState('open').filter((gap) => gap.modal === 'must');
    const unexcused = gaps.filter((gap) => gap.inVain && gap.modal === 'must');
    const wanted = gaps.filter((gap) => gap.modal === 'should' && (gap.state === 'open' || gap.inVain));
    const explained = inState('explained').filter((gap) => !gap.inVain);
    const exempt = inState('exempt');
    const waiting = inState('exemptWaiting');
    const notDue = inState('notDue');
    const untimed = coverage.reduce((sum, each) => sum + each.unplaced, 0);
    const openEnded = coverage.reduce((sum, each) => sum + each.openStarts.length, 0);
    const byDevice = coverage.filter((each) => each.basis === 'device' || each.basis === 'mixed').length;
    const figures = coverage.flatMap((each) => each.permille ?? []);
    const permille = figures.length === 0 ? 0 : Math.min(...figures);
    const params = { permille, gaps: gaps.length, gapMs: totalLength(gaps), openEnded };
    // 附件1 第13条: the written note belongs to the exemption, whether or not there are gaps.
    const unwritten = exemptions.filter((each) => each.note === 'missing').length;
    const rooms = segments.flatMap(({ room }) => room ?? []);
    const unreasoned = rooms.filter((room) => room.carrierId === null && room.substituteReason === null).length;
    const substituted = rooms.filter((room) => room.substituteReason !== null).length;

    const details: { code: DetailCode; params: Params }[] = [];
    const lengths = (code: DetailCode, of: readonly Interval[]) => {
        if (of.length > 0) details.push({ code, params: { count: of.length, lengthMs: totalLength(of) } });
    };
    const count = (code: DetailCode, of: number) => {
        if (of > 0) details.push({ code, params: { count: of } });
    };
    // Of what somebody ruled on nothing is left to explain; how the act stands by it is not changed.
    const ruled = (ruling: GapRuling) => gaps.filter((gap) => gap.ruling === ruling && (gap.state === 'open' || gap.inVain));
    const unruled = (of: typeof gaps) => of.filter((gap) => gap.ruling === undefined);
    lengths('gaps.open', unruled(open));
    lengths('gaps.wanted', unruled(wanted));
    lengths('gaps.confirmed', ruled('confirmed'));
    lengths('gaps.disputed', ruled('disputed'));
    // A reason was spoken beside them and does not explain them: what lies between is what has to be said.
    const far = gaps.flatMap((gap) => gap.spokenFarMs ?? []);
    if (far.length > 0)
        details.push({
            code: 'gaps.spokenFar',
            params: { count: far.length, farMs: Math.min(...far), limitMs: input.parameters.spokenWithinMs },
        });
    lengths('gaps.unexcused', unruled(unexcused));
    const other = gaps.filter((gap) => gap.saidOf !== undefined);
    lengths('gaps.saidOfOther', other);
    lengths('gaps.answered', explained);
    lengths('gaps.exempt', exempt);
    lengths('gaps.exemptWaiting', waiting);
    count('exemption.noteMissing', unwritten);
    lengths('gaps.tolerated', inState('tolerated'));
    const dueAt = Math.max(...notDue.map((gap) => gap.dueAt ?? 0));
    if (notDue.length > 0) details.push({ code: 'gaps.due', params: { count: notDue.length, dueAt } });
    if (gaps.length === 0 && figures.length > 0) details.push({ code: 'gaps.none', params: {} });
    count('room.reasonMissing', unreasoned);
    count('room.substitute', substituted);
    count('clock.device', byDevice);
    count('recordings.untimed', untimed);
    count('recordings.openEnded', openEnded);

    const say = (status: StatementStatus, code: StatementCode): Statement => {
        return { id: 'coverage', status, code, params, details, counts: true };
    };
    if (figures.length === 0 && unwritten === 0 && allExempt(coverage)) return say('held', 'coverage.exempt');
    if (figures.length === 0 && unwritten === 0) return say('judge', 'coverage.noTimes');
    if (open.length > 0 && untimed === 0 && recordings.length === 0) return say('broken', 'coverage.none');
    // A reason does not make up for footage of which there is none.
    if (unexcused.some((gap) => gap.sure)) return say('broken', 'coverage.unexcused');
    if (open.some((gap) => gap.sure)) return say('act', 'coverage.gapsOpen');
    if (unwritten > 0) return say('act', 'coverage.noteMissing');
    if (unreasoned > 0) return say('act', 'coverage.roomReason');
    if (waiting.length > 0) return say('judge', 'coverage.exemptWaiting');
    if (notDue.length > 0) return say('judge', 'coverage.notDue');
    if ([...open, ...unexcused].some((gap) => gap.doubt === 'openEnd')) return say('judge', 'coverage.openEnded');
    if (open.length > 0 && byDevice === 0) return say('judge', 'coverage.uncertain');
    if (wanted.length > 0) return say('judge', 'coverage.wanted');
    if (byDevice > 0 || untimed > 0) return say('judge', 'coverage.deviceClock');
    return say('held', exempt.length + explained.length > 0 ? 'coverage.answered' : 'coverage.full');
}
