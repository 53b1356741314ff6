import { documentTimesStatement } from '../../act/coverage-document-times.ts';
import { storedEnds } from '../../act/coverage-stored.ts';
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
        const differences = details.flatMap((each): RuleFinding[] => {
            const isStart = each.code === 'start.differs' || each.code === 'start.short';
            const isEnd = each.code === 'end.differs' || each.code === 'end.short';
            if (!isStart && !isEnd) return [];
            const differenceMs = each.params.ms ?? 0;
            return [
                isStart
                    ? finding('document.startDiffers', 'start', { params: { differenceMs } })
                    : finding('document.endDiffers', 'end', { params: { differenceMs } }),
            ];
        });
        const waiting = coverage.some((each) =>
            each.gaps.some((gap) => gap.state === 'notDue' && (gap.place === 'leading' || gap.place === 'trailing')),
        );
        if (status === 'act') return waiting ? needsReview(['notDue']) : failWith(differences);
        if (status !== 'judge') return pass();
        if (code === 'documentTimes.noDocument') return needsReview(['document']);
        return needsReview(input.recordings.length === 0 ? ['notDue'] : ['clock']);
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
    if (findings.length > 0) return failWith(findings, params);
    const missing = ends.flatMap((each): MissingFact[] => {
        if (each.standing === 'unsure') return ['clock'];
        if (each.standing === 'endUnknown') return ['recordingLength'];
        return each.standing === 'waiting' ? ['notDue'] : [];
    });
    return missing.length > 0 ? needsReview(missing, { params }) : pass(params);
}
