import type { Duration, Instant } from '../kernel/instant.ts';
import type { Interval } from '../kernel/interval.ts';
import { intersect, totalLength } from '../kernel/interval.ts';
import type { PersonCoverage } from './coverage.ts';
import { documentTimesStatement } from './coverage-document-times.ts';
import type {
    DetailCode,
    Params,
    SpeechMark,
    Statement,
    StatementCode,
    StatementInput,
    StatementStatus,
} from './coverage-statement.ts';

/** The answer row of an act, in reading order: 附件1 第5、10、15、8–9条. */
export function statementsOf(input: StatementInput, coverage: readonly PersonCoverage[]): Statement[] {
    return [
        twoOfficersStatement(input),
        coverageStatement(input, coverage),
        documentTimesStatement(input, coverage),
        storedStatement(input),
        speechStatement(input),
    ];
}

/** 附件1 第5条: at least two certified officers, present together all the time. */
function twoOfficersStatement({ now, stated, participants, recordings }: StatementInput): Statement {
    const officers = participants.filter((each) => each.part === 'officer');
    const entitled = officers.filter((each) => each.certificate !== 'invalid');
    const valid = officers.filter((each) => each.certificate === 'valid');
    const bare = officers.filter((each) => !recordings.some((recording) => recording.carrierId === each.id)).length;
    const invalid = officers.length - entitled.length;
    const unknown = entitled.length - valid.length;
    const params = { count: entitled.length, unknown };
    const details: Statement['details'] = [
        invalid > 0
            ? { code: 'certificates.invalid', params: { count: invalid } }
            : unknown > 0
              ? { code: 'certificates.unknown', params: { count: unknown } }
              : { code: 'certificates.valid', params: { count: valid.length } },
        bare > 0 ? { code: 'recorders.missing', params: { count: bare } } : { code: 'recorders.all', params: {} },
    ];
    const say = (status: StatementStatus, code: StatementCode, more: Params = {}): Statement => ({
        id: 'twoOfficers',
        status,
        code,
        params: { ...params, ...more },
        details: officers.length === 0 ? [] : details,
        counts: true,
    });
    // Until the act is over, somebody can still be named or come.
    if (entitled.length < 2) return say(stated === null || now < stated.end ? 'act' : 'broken', 'twoOfficers.fewer');
    if (stated === null) return say('judge', 'twoOfficers.noTimes');
    const missingMs = aloneMs(stated, entitled);
    if (missingMs > 0) return say('act', 'twoOfficers.partly', { missingMs });
    if (valid.length < 2 || aloneMs(stated, valid) > 0) return say('judge', 'twoOfficers.certificateUnknown');
    return say('held', 'twoOfficers.present');
}

/** Length of the parts of `stated` in which fewer than two of them are there. */
function aloneMs(stated: Interval, officers: StatementInput['participants']): Duration {
    const own = officers.flatMap((each) => intersect(each.own ?? stated, stated) ?? []);
    const edges = [...new Set([stated.start, stated.end, ...own.flatMap(({ start, end }) => [start, end])])].sort(
        (a, b) => a - b,
    );
    let alone = 0;
    for (const [index, start] of edges.entries()) {
        const end = edges[index + 1];
        if (end === undefined) break;
        if (own.filter((each) => each.start <= start && end <= each.end).length < 2) alone += end - start;
    }
    return alone;
}

/** 附件1 第10条: recorded throughout. The figure is that of the officer who has least. */
function coverageStatement({ recordings }: StatementInput, coverage: readonly PersonCoverage[]): Statement {
    const gaps = coverage.flatMap((each) => each.gaps);
    const open = gaps.filter((gap) => gap.state === 'open');
    const answered = gaps.filter((gap) => gap.state === 'explained' || gap.state === 'exempt');
    const tolerated = gaps.filter((gap) => gap.state === 'tolerated');
    const notDue = gaps.filter((gap) => gap.state === 'notDue');
    const untimed = coverage.reduce((sum, each) => sum + each.unplaced, 0);
    const openEnded = coverage.reduce((sum, each) => sum + each.openStarts.length, 0);
    const byDevice = coverage.filter((each) => each.basis === 'device' || each.basis === 'mixed').length;
    const figures = coverage.flatMap((each) => each.permille ?? []);
    const permille = figures.length === 0 ? 0 : Math.min(...figures);
    const params = { permille, gaps: gaps.length, gapMs: totalLength(gaps), openEnded };

    const details: { code: DetailCode; params: Params }[] = [];
    const count = (code: DetailCode, of: readonly Interval[]) => {
        if (of.length > 0) details.push({ code, params: { count: of.length, lengthMs: totalLength(of) } });
    };
    count('gaps.open', open);
    count('gaps.answered', answered);
    count('gaps.tolerated', tolerated);
    const dueAt = Math.max(...notDue.map((gap) => gap.dueAt ?? 0));
    if (notDue.length > 0) details.push({ code: 'gaps.due', params: { count: notDue.length, dueAt } });
    if (gaps.length === 0 && figures.length > 0) details.push({ code: 'gaps.none', params: {} });
    if (byDevice > 0) details.push({ code: 'clock.device', params: { count: byDevice } });
    if (untimed > 0) details.push({ code: 'recordings.untimed', params: { count: untimed } });
    if (openEnded > 0) details.push({ code: 'recordings.openEnded', params: { count: openEnded } });

    const say = (status: StatementStatus, code: StatementCode): Statement => {
        return { id: 'coverage', status, code, params, details, counts: true };
    };
    if (figures.length === 0) return say('judge', 'coverage.noTimes');
    if (open.length > 0 && untimed === 0 && recordings.length === 0) return say('broken', 'coverage.none');
    // A hole inside one recorder's footage is there whatever its clock says; holes at the edges move with the clock.
    const sure = open.filter((gap) => gap.doubt === null && (byDevice === 0 || gap.place === 'between' || gap.place === 'whole'));
    if (sure.length > 0 && untimed === 0) return say('act', 'coverage.gapsOpen');
    if (notDue.length > 0) return say('judge', 'coverage.notDue');
    if (open.some((gap) => gap.doubt === 'openEnd')) return say('judge', 'coverage.openEnded');
    if (open.length > 0 && byDevice === 0) return say('judge', 'coverage.uncertain');
    if (byDevice > 0 || untimed > 0) return say('judge', 'coverage.deviceClock');
    return say('held', answered.length > 0 ? 'coverage.answered' : 'coverage.full');
}

/** 附件1 第15条: stored within 24 hours from the end of each recording, by the corrected clock. */
function storedStatement({ now, recordings, parameters }: StatementInput): Statement {
    const limitMs = parameters.storeWithinMs;
    const ends = recordings.flatMap((each) => {
        const last = each.segments.reduce<{ end: Instant; known: boolean } | null>((latest, segment) => {
            const end = segment.corrected?.end.at ?? segment.device.end;
            const known = segment.corrected !== null;
            return latest === null ? { end, known } : { end: Math.max(latest.end, end), known: latest.known && known };
        }, null);
        const tookMs = (from: Instant): Duration => (each.storedAt ?? now) - from;
        const stored = each.storedAt !== null;
        if (last !== null) return [{ ...last, stored, tookMs: tookMs(last.end) }];
        // It cannot have ended before it began: stored within the limit from there, it is in time whenever it ended.
        const start = each.openStart?.corrected?.upper ?? each.openStart?.device;
        if (start === undefined || tookMs(start) > limitMs) return [];
        return [{ end: start, known: each.openStart?.corrected != null, stored, tookMs: tookMs(start) }];
    });
    const longestMs = Math.max(0, ...ends.map((each) => each.tookMs));
    const late = ends.filter((each) => each.tookMs > limitMs);
    const waiting = ends.filter((each) => !each.stored);
    const unknown = recordings.length - ends.length;
    const params = { longestMs, limitMs, count: recordings.length, late: late.length, unknown };
    const say = (status: StatementStatus, code: StatementCode): Statement => {
        const details = [{ code: 'stored.limit' as const, params: { limitMs } }];
        return { id: 'stored', status, code, params, details, counts: true };
    };
    if (recordings.length === 0) return say('judge', 'stored.nothing');
    if (unknown > 0) return say('judge', 'stored.endUnknown');
    if (ends.some((each) => !each.known)) return say('judge', 'stored.byDeviceClock');
    if (late.length > 0) return say('broken', 'stored.late');
    if (waiting.length > 0) return say('judge', 'stored.waiting');
    return say('held', 'stored.inTime');
}

/** 附件1 第8、9条: the words at the beginning and at the end. Only a person confirms them. */
function speechStatement({ speech, speechRequired }: StatementInput): Statement {
    const stateOf = (kind: SpeechMark['kind']) => {
        const marks = speech.filter((each) => each.kind === kind);
        if (marks.length === 0) return 'missing' as const;
        return marks.some((each) => each.state === 'confirmed') ? ('confirmed' as const) : ('proposed' as const);
    };
    const opening = stateOf('opening');
    const closing = stateOf('closing');
    const held = opening === 'confirmed' && closing === 'confirmed';
    return {
        id: 'speech',
        status: held ? 'held' : 'judge',
        code: held ? 'speech.confirmed' : 'speech.waiting',
        params: { waiting: Number(opening !== 'confirmed') + Number(closing !== 'confirmed') },
        details: [
            { code: `speech.opening.${opening}`, params: {} },
            { code: `speech.closing.${closing}`, params: {} },
        ],
        counts: speechRequired,
    };
}
