import { documentTimesStatement } from '../../act/coverage-document-times.ts';
import { type StoredEnd, storedEnds } from '../../act/coverage-stored.ts';
import { allExempt } from '../../act/coverage-throughout.ts';
import {
    type ActRule,
    type ActToJudge,
    failWith,
    finding,
    type MissingFact,
    needsReview,
    notApplicable,
    type Outcome,
    pass,
    type RuleFinding,
} from './rule.ts';

/** 附件1 第10条: the process that the recording shows, from the opening to the closing words, agrees with the document to the minute. */
export const documentTimes: ActRule = {
    id: 'documentTimes',
    version: 3,
    clauses: ['A1-10-3'],
    counts: () => true,
    judge({ input, coverage }) {
        const { code, status, details } = documentTimesStatement(input, coverage);
        if (code === 'documentTimes.exempt') return notApplicable;
        const sideOf = (states: readonly string[]) =>
            details.flatMap((each): RuleFinding[] => {
                const [side = '', state = ''] = each.code.split('.');
                if (!states.includes(state)) return [];
                const found = side === 'start' ? ('document.startDiffers' as const) : ('document.endDiffers' as const);
                return [finding(found, side, { params: { differenceMs: each.params.ms ?? 0 } })];
            });
        const differences = sideOf(['differs', 'short']);
        const unsure = sideOf(['unknown']);
        const waiting = coverage.some((each) =>
            each.gaps.some((gap) => gap.state === 'notDue' && (gap.place === 'leading' || gap.place === 'trailing')),
        );
        if (status === 'act')
            return waiting ? needsReview(['notDue'], { unsure: [...differences, ...unsure] }) : failWith(differences, {}, unsure);
        if (status !== 'judge') return pass();
        if (code === 'documentTimes.noDocument') return needsReview(['document']);
        return needsReview(input.recordings.length === 0 ? ['notDue'] : ['clock'], { unsure });
    },
};

/** 附件1 第15条: stored within 24 hours from the end of each recording, by the corrected clock and its bounds, and kept as it came. */
export const storedInTime: ActRule = {
    id: 'storedInTime',
    version: 1,
    clauses: ['A1-15-3'],
    counts: () => true,
    judge: judgeStored,
};

function judgeStored({ input, coverage, excuses }: ActToJudge): Outcome {
    const { recordings, parameters } = input;
    const limitMs = parameters.storeWithinMs;
    if (recordings.length === 0) return allExempt(coverage) ? notApplicable : needsReview(['notDue']);
    const ends = storedEnds(input);
    const damaged = recordings.filter((each) => each.damaged === true);
    const late = ends.filter((each) => each.standing === 'late');
    const excused = new Set(excuses.map((each) => each.recordingId));
    const params = {
        recordings: recordings.length,
        late: late.length,
        excused: late.filter((each) => excused.has(each.recordingId)).length,
        limitMs,
        longestMs: Math.max(0, ...ends.flatMap((each) => each.tookMs ?? [])),
    };
    const carrierOf = new Map(recordings.map((each) => [each.id, each.carrierId]));
    const officers = new Set(input.participants.map((each) => each.id));
    const personOf = (id: string) => {
        const carrier = carrierOf.get(id);
        return carrier !== undefined && officers.has(carrier) ? carrier : null;
    };
    const findings = [
        ...damaged.map(({ id }) => finding('stored.damaged', `damaged/${id}`, { aboutId: id, personId: personOf(id) })),
        ...late.map(({ recordingId, tookMs }) =>
            finding('stored.late', `late/${recordingId}`, {
                aboutId: recordingId,
                personId: personOf(recordingId),
                params: { tookMs: tookMs ?? 0, limitMs },
            }),
        ),
    ];
    const unknown = ends.flatMap((each) => {
        const missing = MISSING_OF[each.standing];
        return missing === undefined ? [] : [{ ...each, missing }];
    });
    const unsure = unknown.map(({ recordingId }) => finding('stored.late', `late/${recordingId}`, { aboutId: recordingId }));
    if (findings.length > 0) return failWith(findings, params, unsure);
    const missing = unknown.map((each) => each.missing);
    const missingOf = unknown.filter((each) => each.missing !== 'notDue').map((each) => each.recordingId);
    return missing.length > 0 ? needsReview(missing, { params, unsure, missingOf }) : pass(params);
}

const MISSING_OF: Partial<Record<StoredEnd['standing'], MissingFact>> = {
    unsure: 'clock',
    endUnknown: 'recordingLength',
    waiting: 'notDue',
};
