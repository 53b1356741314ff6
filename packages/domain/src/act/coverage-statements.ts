import type { PersonCoverage } from './coverage.ts';
import { documentTimesStatement } from './coverage-document-times.ts';
import { aloneMs } from './coverage-required.ts';
import type { Params, SpeechMark, Statement, StatementCode, StatementInput, StatementStatus } from './coverage-statement.ts';
import { storedStatement } from './coverage-stored.ts';
import { throughoutStatement } from './coverage-throughout.ts';

/** The answer row of an act, in reading order: 附件1 第5、10、15、8–9条. */
export function statementsOf(input: StatementInput, coverage: readonly PersonCoverage[]): Statement[] {
    return [
        twoOfficersStatement(input, coverage),
        throughoutStatement(input, coverage),
        documentTimesStatement(input, coverage),
        storedStatement(input, coverage),
        speechStatement(input),
    ];
}

/** 附件1 第5条: at least two certified officers, present together all the time. */
function twoOfficersStatement(
    { now, stated, segments, participants, recordings }: StatementInput,
    coverage: readonly PersonCoverage[],
): Statement {
    const officers = participants.filter((each) => each.part === 'officer');
    const entitled = officers.filter((each) => each.certificate !== 'invalid');
    const valid = officers.filter((each) => each.certificate === 'valid');
    // Whoever was only where a room's camera records, or where nothing had to be recorded, needs no footage of their own.
    const unseen = coverage.filter(
        ({ kind, personId, requiredMs }) =>
            kind === 'officer' && requiredMs > 0 && !recordings.some((each) => each.carrierId === personId),
    );
    const bare = unseen.filter((each) => each.requiredMs > each.exemptMs).length;
    const excused = unseen.length - bare;
    const invalid = officers.length - entitled.length;
    const unknown = entitled.length - valid.length;
    const params = { count: entitled.length, unknown };
    const details: Statement['details'] = [
        invalid > 0
            ? { code: 'certificates.invalid', params: { count: invalid } }
            : unknown > 0
              ? { code: 'certificates.unknown', params: { count: unknown } }
              : { code: 'certificates.valid', params: { count: valid.length } },
        bare > 0
            ? { code: 'recorders.missing', params: { count: bare } }
            : excused > 0
              ? { code: 'recorders.exempt', params: { count: excused } }
              : { code: 'recorders.all', params: {} },
    ];
    const say = (status: StatementStatus, code: StatementCode, more: Params = {}): Statement => ({
        id: 'twoOfficers',
        status,
        code,
        params: { ...params, ...more },
        details: officers.length === 0 ? [] : details,
        counts: true,
    });
    if (segments.length > 0 && !segments.some((each) => each.onSite))
        return { ...say('held', 'twoOfficers.notOnSite'), details: [], counts: false };
    // Until the act is over, somebody can still be named or come.
    if (entitled.length < 2) return say(stated === null || now < stated.end ? 'act' : 'broken', 'twoOfficers.fewer');
    if (stated === null) return say('judge', 'twoOfficers.noTimes');
    const missingMs = aloneMs(segments, entitled);
    if (missingMs > 0) return say('act', 'twoOfficers.partly', { missingMs });
    if (valid.length < 2 || aloneMs(segments, valid) > 0) return say('judge', 'twoOfficers.certificateUnknown');
    return say('held', 'twoOfficers.present');
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
