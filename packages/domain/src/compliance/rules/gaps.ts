import type { PersonCoverage } from '../../act/coverage.ts';
import { type Gap, isUnexcused } from '../../act/coverage-gaps.ts';
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

/** Nothing explains it, or nothing was recorded, which no explanation makes good (附件1 第5条). */
const isUnmet = ({ gap }: Chosen): boolean => gap.state === 'open' || isUnexcused(gap);

/**
 * Whether a gap is there for sure. One inside a recorder's own footage is there whatever its clock says; those at the edges move with
 * the clock; and none is sure while a file of the same recorder does not say when it ran.
 */
const isSure = ({ of, gap }: Chosen): boolean =>
    gap.doubt === null &&
    of.unplaced === 0 &&
    (of.basis === 'corrected' || of.basis === 'none' || gap.place === 'between' || gap.place === 'whole');

function missingOf(chosen: Chosen): MissingFact[] {
    const { of, gap } = chosen;
    if (gap.state === 'exemptWaiting') return ['exemptionDecision'];
    if (gap.state === 'notDue') return ['notDue'];
    if (!isUnmet(chosen)) return [];
    return [
        ...(gap.doubt === 'openEnd' ? (['recordingLength'] as const) : []),
        ...(of.unplaced > 0 ? (['recordingTime'] as const) : []),
        ...(gap.doubt === 'clocks' || of.basis === 'device' || of.basis === 'mixed' ? (['clock'] as const) : []),
    ];
}

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

function judgeGaps(
    { input: { parameters } }: ActToJudge,
    of: readonly PersonCoverage[],
    chosen: (gap: Gap) => boolean,
    code: (gap: Gap) => FindingCode,
    isUnproven = ({ unproven }: PersonCoverage): boolean => unproven.ms > 0,
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
    const sure = gaps.filter((each) => isUnmet(each) && isSure(each));
    const unsure = gaps.filter((each) => missingOf(each).length > 0 && !sure.includes(each)).map(said);
    if (sure.length > 0) return failWith(sure.map(said), params, unsure);
    const missing = [...gaps.flatMap(missingOf), ...(owing.some(isUnproven) ? (['clock'] as const) : [])];
    return missing.length > 0 ? needsReview(missing, { params, unsure }) : pass(params);
}

const officersOf = ({ coverage }: ActToJudge) => coverage.filter((each) => each.kind === 'officer');

/**
 * 附件1 第5、8、10条: every officer who takes part records with a recorder of their own; one of whom nothing was recorded fails, explained or not.
 * Only 第11 and 第13条 say where that is lawful.
 */
export const recordedThroughout: ActRule = {
    id: 'recordedThroughout',
    version: 3,
    clauses: ['A1-5-2', 'A1-8-1', 'A1-10-1'],
    partClauses: [...KINDS_BY_RECORDER, BY_PLACE, AS_DEMANDED],
    counts: () => true,
    judge: (all) =>
        withParts(all, [...KINDS_BY_RECORDER, BY_PLACE, AS_DEMANDED], (of) =>
            judgeGaps(
                of,
                officersOf(of),
                (gap) => gap.place === 'whole',
                () => 'recording.none',
                ({ unproven }) => unproven.parts > 0,
            ),
        ),
};

/** Whether anything was recorded of what had to be, or may have been by a file that does not say when or how long it ran. */
const isBegun = ({ coveredMs, openStarts, unplaced }: PersonCoverage): boolean =>
    coveredMs > 0 || openStarts.length > 0 || unplaced > 0;

/**
 * 附件1 第10条: what was interrupted is explained, spoken in the recording or in writing afterwards; gaps between files that belong
 * together are interruptions too. Where nobody recorded anything there is nothing that breaks off.
 */
export const interruptionsExplained: ActRule = {
    id: 'interruptionsExplained',
    version: 5,
    clauses: ['A1-10-1', 'A1-10-2', 'A1-10-4', 'A1-10-5'],
    partClauses: [...KINDS_BY_RECORDER, AS_DEMANDED],
    counts: () => true,
    judge: (all) =>
        withParts(all, [...KINDS_BY_RECORDER, AS_DEMANDED], (of) =>
            officersOf(of).some(isBegun)
                ? judgeGaps(
                      of,
                      officersOf(of),
                      (gap) => gap.place !== 'whole',
                      () => 'recording.gap',
                  )
                : notApplicable,
        ),
};

/**
 * 正文二(二)3: hearings, interviews and defences by the camera of the room, or with a reason by a recorder or camera instead. A reason for which
 * there is neither makes nothing good.
 */
export const roomRecorded: ActRule = {
    id: 'roomRecorded',
    version: 4,
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
    const gaps = judgeGaps(
        of,
        of.coverage.filter((each) => each.kind === 'room'),
        () => true,
        (gap) => (gap.place === 'whole' ? 'room.none' : 'room.gap'),
    );
    return unreasoned.length === 0 ? gaps : failWith([...unreasoned, ...gaps.findings], gaps.params, gaps.unsure);
}
