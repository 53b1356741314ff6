import type { PersonCoverage } from '../../act/coverage.ts';
import { type Gap, isSureGap, isUnexcused } from '../../act/coverage-gaps.ts';
import { isId } from '../../kernel/ids.ts';
import type { Duration } from '../../kernel/instant.ts';
import { length } from '../../kernel/interval.ts';
import { AS_DEMANDED, BY_PLACE, CLAUSE_OF_KIND, KINDS_BY_RECORDER, withParts } from './parts.ts';
import {
    type ActRule,
    type ActToJudge,
    type FindingCode,
    failWith,
    finding,
    type MissingFact,
    needsReview,
    notApplicable,
    type Outcome,
    pass,
} from './rule.ts';

type Chosen = { readonly of: PersonCoverage; readonly gap: Gap };

const gapsOf = (coverage: readonly PersonCoverage[], chosen: (gap: Gap) => boolean): Chosen[] =>
    coverage.flatMap((of) => of.gaps.filter(chosen).map((gap) => ({ of, gap })));

/** Nothing explains it, or no explanation makes it good (附件1 第5、8条). */
const isUnmet = ({ of, gap }: Chosen): boolean => gap.state === 'open' || isUnexcused(gap, of.kind);

function lackingIn(chosen: Chosen): MissingFact[] {
    const { gap } = chosen;
    if (gap.state === 'exemptWaiting') return ['exemptionDecision'];
    if (gap.state === 'notDue') return ['notDue'];
    if (!isUnmet(chosen)) return [];
    return doubtsAbout(chosen);
}

const doubtsAbout = ({ of, gap }: Chosen): MissingFact[] => [
    ...(gap.doubt === 'openEnd' ? (['recordingLength'] as const) : []),
    ...(of.unplaced > 0 ? (['recordingTime'] as const) : []),
    ...(gap.doubt === 'clocks' || isUnchecked(of) ? (['clock'] as const) : []),
];

const foundIn = ({ of, gap }: Chosen, code: FindingCode, spokenWithinMs: Duration): ReturnType<typeof finding> =>
    finding(code, `${gap.personId}/${gap.start}`, {
        params: {
            lengthMs: length(gap),
            ...(gap.spokenFarMs === undefined ? {} : { spokenFarMs: gap.spokenFarMs, spokenWithinMs }),
            ...(gap.saidOf === undefined ? {} : { saidFromAt: gap.saidOf.start, saidToAt: gap.saidOf.end }),
        },
        modal: gap.modal,
        personId: of.kind === 'officer' ? gap.personId : null,
        aboutId: of.kind === 'room' && isId(gap.personId) ? gap.personId : null,
        from: gap.start,
        to: gap.end,
    });

type Look = {
    readonly chosen: (gap: Gap) => boolean;
    readonly code: (gap: Gap) => FindingCode;
    /** What rests on clocks that nobody checked, so that nobody knows. */
    readonly isUnproven?: (of: PersonCoverage) => boolean;
    /** Where something of the kind may be as well, and nobody knows. */
    readonly perhaps?: (of: PersonCoverage) => readonly Chosen[];
};

function judgeGaps(
    { input: { parameters } }: ActToJudge,
    of: readonly PersonCoverage[],
    { chosen, code, isUnproven = ({ unproven }) => unproven.ms > 0, perhaps = () => [] }: Look,
): Outcome {
    const owing = of.filter((each) => each.requiredMs > 0);
    if (owing.length === 0) return notApplicable;
    const gaps = gapsOf(owing, chosen);
    const figures = owing.flatMap((each) => each.permille ?? []);
    const params = {
        gaps: gaps.length,
        explained: gaps.filter(({ gap }) => gap.state === 'explained').length,
        exempt: gaps.filter(({ gap }) => gap.state === 'exempt').length,
        ...(figures.length === 0 ? {} : { permille: Math.min(...figures) }),
    };
    const said = (each: Chosen) => foundIn(each, code(each.gap), parameters.spokenWithinMs);
    const sure = gaps.filter((each) => isUnmet(each) && isSureGap(each.gap, each.of));
    const unknown = owing.flatMap(perhaps);
    const unsure = [...gaps.filter((each) => lackingIn(each).length > 0 && !sure.includes(each)), ...unknown].map(said);
    if (sure.length > 0) return failWith(sure.map(said), params, unsure);
    const missing = [
        ...gaps.flatMap(lackingIn),
        ...(owing.some(isUnproven) ? (['clock'] as const) : []),
        ...unknown.flatMap(doubtsAbout),
    ];
    const missingOf = owing.flatMap((each) => [...new Set(missing)].flatMap((fact) => recordingsLacking(fact, each)));
    return missing.length > 0 ? needsReview(missing, { params, unsure, missingOf }) : pass(params);
}

/** The recordings of one carrier of which a fact is missing. */
function recordingsLacking(fact: MissingFact, { untimedIds, openStarts, runs }: PersonCoverage): readonly string[] {
    if (fact === 'recordingTime') return untimedIds;
    if (fact === 'recordingLength') return openStarts.map((each) => each.recordingId);
    if (fact !== 'clock') return [];
    const placed = [...runs.flatMap((each) => each.segments), ...openStarts];
    return placed.filter((each) => each.clock === 'device').map((each) => each.recordingId);
}

const officersOf = ({ coverage }: ActToJudge) => coverage.filter((each) => each.kind === 'officer');

/** Nothing was recorded up to here: neither before, nor from arrival on. Whatever was recorded begins after it. */
const isBeforeAny = ({ place }: Gap): boolean => place === 'whole' || place === 'leading';

/**
 * 附件1 第5、8、10条: every officer who takes part records with a recorder of their own, from arrival on; one of whom nothing was recorded and one
 * who began late fail, explained or not. Only 第11 and 第13条 say where that is lawful.
 */
export const recordedThroughout: ActRule = {
    id: 'recordedThroughout',
    version: 5,
    clauses: ['A1-5-2', 'A1-8-1', 'A1-10-1'],
    partClauses: [...KINDS_BY_RECORDER, BY_PLACE, AS_DEMANDED],
    counts: () => true,
    judge: (all) =>
        withParts(all, [...KINDS_BY_RECORDER, BY_PLACE, AS_DEMANDED], (of) =>
            judgeGaps(of, officersOf(of), {
                chosen: isBeforeAny,
                code: (gap) => (gap.place === 'whole' ? 'recording.none' : 'beginning.late'),
                isUnproven: ({ unproven }) => unproven.parts > 0,
            }),
        ),
};

const isUnchecked = ({ basis }: PersonCoverage): boolean => basis === 'device' || basis === 'mixed';

/** Whether anything was recorded of what had to be, or may have been by a file that does not say when or how long it ran, or says it by an unchecked clock. */
const isBegun = (of: PersonCoverage): boolean =>
    of.coveredMs > 0 || of.openStarts.length > 0 || of.unplaced > 0 || isUnchecked(of);

/** Where recording seems not to have begun a file may lie of which it is not known when it ran: whether anything broke off there nobody knows. */
const perhapsInterrupted = (of: PersonCoverage): readonly Chosen[] =>
    of.gaps
        .filter((gap) => isBeforeAny(gap) && gap.state !== 'exempt' && gap.state !== 'tolerated')
        .map((gap) => ({ of, gap: gap.place === 'whole' ? gap : { ...gap, doubt: null } }))
        .filter((each) => doubtsAbout(each).length > 0);

/**
 * 附件1 第10条: what was interrupted is explained, spoken in the recording or in writing afterwards; gaps between files that belong
 * together are interruptions too. Where nobody recorded anything there is nothing that breaks off.
 */
export const interruptionsExplained: ActRule = {
    id: 'interruptionsExplained',
    version: 7,
    clauses: ['A1-10-1', 'A1-10-2', 'A1-10-4', 'A1-10-5'],
    partClauses: [...KINDS_BY_RECORDER, AS_DEMANDED],
    counts: () => true,
    judge: (all) =>
        withParts(all, [...KINDS_BY_RECORDER, AS_DEMANDED], (of) =>
            officersOf(of).some(isBegun)
                ? judgeGaps(of, officersOf(of), {
                      chosen: (gap) => !isBeforeAny(gap),
                      code: () => 'recording.gap',
                      perhaps: perhapsInterrupted,
                  })
                : notApplicable,
        ),
};

/**
 * 正文二(二)3: hearings, interviews and defences by the camera of the room, or with a reason by a recorder or camera instead. A reason for which
 * there is neither makes nothing good.
 */
export const roomRecorded: ActRule = {
    id: 'roomRecorded',
    version: 6,
    clauses: ['Z2.2.3-2', 'Z2.2.3-3', 'Z2.2.3-6'],
    partClauses: [CLAUSE_OF_KIND.hearing, AS_DEMANDED],
    counts: () => true,
    judge: (all) => withParts(all, [CLAUSE_OF_KIND.hearing, AS_DEMANDED], judgeRooms),
};

function judgeRooms(of: ActToJudge): Outcome {
    const rooms = of.input.segments.filter((each) => each.room !== null);
    if (rooms.length === 0) return notApplicable;
    const unreasoned = rooms
        .filter(({ room }) => room?.carrierId === null && room.substituteReason === null)
        .map((each) =>
            finding('room.reasonMissing', `reason/${each.id}`, {
                modal: each.recording,
                from: each.during.start,
                to: each.during.end,
            }),
        );
    const cameras = of.coverage.filter((each) => each.kind === 'room');
    const gaps = judgeGaps(of, cameras, {
        chosen: () => true,
        code: (gap) => (gap.place === 'whole' ? 'room.none' : 'room.gap'),
    });
    return unreasoned.length === 0 ? gaps : failWith([...unreasoned, ...gaps.findings], gaps.params, gaps.unsure);
}
