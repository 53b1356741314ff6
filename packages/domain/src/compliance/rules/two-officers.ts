import { aloneIn } from '../../act/coverage-required.ts';
import { totalLength } from '../../kernel/interval.ts';
import { BY_PLACE, withParts } from './parts.ts';
import { type ActRule, type ActToJudge, failWith, finding, needsReview, notApplicable, type Outcome, pass } from './rule.ts';

/** 附件1 第5条: at least two certified officers on site, together all the time. Assistants and other agencies never count. */
export const twoOfficers: ActRule = {
    id: 'twoOfficers',
    version: 2,
    clauses: ['A1-5-1'],
    partClauses: [BY_PLACE],
    counts: () => true,
    judge: (of) => withParts(of, [BY_PLACE], judge),
};

function judge({ input, ended }: ActToJudge): Outcome {
    const { segments, participants, stated } = input;
    if (segments.length > 0 && !segments.some((each) => each.onSite)) return notApplicable;
    const officers = participants.filter((each) => each.part === 'officer');
    const entitled = officers.filter((each) => each.certificate !== 'invalid');
    const valid = officers.filter((each) => each.certificate === 'valid');
    const params = { entitled: entitled.length, required: 2 };
    // Where no part of it is known, nobody is there throughout.
    if (stated === null || segments.length === 0) return needsReview(['actTimes'], { params });
    // Until it is over somebody can still come or be named.
    if (entitled.length < 2) {
        return ended ? failWith([finding('officers.fewer', 'fewer', { params })], params) : needsReview(['actEnd'], { params });
    }
    const alone = aloneIn(segments, entitled);
    if (alone.length > 0) {
        const figures = { ...params, missingMs: totalLength(alone) };
        if (!ended) return needsReview(['actEnd'], { params: figures });
        return failWith(
            alone.map(({ start, end }) =>
                finding('officers.alone', `alone/${start}`, { params: { missingMs: end - start }, from: start, to: end }),
            ),
            figures,
        );
    }
    if (valid.length < 2 || aloneIn(segments, valid).length > 0) return needsReview(['certificate'], { params });
    return pass(params);
}
