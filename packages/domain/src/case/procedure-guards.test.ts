import { expect, it } from 'vitest';
import { refusalsOf } from './case.decide.ts';
import { CASE_POSTS, PROCEDURES } from './case.ts';
import { actor, at, given } from './case-testing.ts';
import { PROCEDURE_TABLES } from './procedure-catalogue.ts';
import { inTheWay, WORLDS, type World } from './procedure-guards-testing.ts';

/**
 * Every step there is: whose it is, from where, and all that speaks against it in each of the situations. The table is the policy, to be
 * read beside the law: a guard that is taken away, and one that is added, is a line of it.
 */
const TABLE = `
penalty file by reviewer from intake
    bare: needsTwoOfficers, investigatorReviews, documentMissing filingReport made
    told: investigatorReviews
    asked: investigatorReviews, documentLater filingReport
    late: investigatorReviews
penalty notFile by reviewer from intake
    bare: investigatorReviews
    told: investigatorReviews
    asked: investigatorReviews
    late: investigatorReviews
penalty investigate by handler from filed
    bare: needsTwoOfficers, documentMissing investigationReport made
    told: documentEarlier investigationReport
    asked: documentLater investigationReport
penalty deliberate by handler from investigated
    bare: documentMissing panelRecord made
    told: documentEarlier panelRecord
    asked: documentLater panelRecord
penalty notify by handler from panelled
    bare: documentMissing priorNotice served
    told: documentEarlier priorNotice
    asked: documentLater priorNotice, documentLater hearingRightNotice
penalty hearDefence by handler from noticed
    bare: needsTwoOfficers, documentMissing defenceRecord issued
    asked: documentLater defenceRecord
penalty waiveDefence by handler from noticed
penalty reviewDefence by reviewer from noticed
    bare: investigatorReviews, documentMissing defenceReview made
    told: investigatorReviews
    asked: investigatorReviews, documentLater defenceReview
    late: investigatorReviews
penalty requestHearing by handler from noticed
    bare: noHearingOffered
    asked: hearingRequestLate
    late: hearingRequestLate
penalty waiveHearing by handler from noticed
    bare: noHearingOffered
penalty legalReview by legalReviewer from noticed
    bare: investigatorReviews, notTold, documentMissing legalReviewOpinion made
    told: investigatorReviews, defenceTermRuns, hearingTermRuns
    asked: investigatorReviews, defenceNotReviewed, hearingNotHeld, documentLater legalReviewOpinion
    late: investigatorReviews
penalty discuss by agencyHead from noticed
    bare: headsAreTwo, investigatorReviews, documentMissing collectiveDiscussion made
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, documentLater collectiveDiscussion
    late: headsAreTwo, investigatorReviews
penalty decide by agencyHead from noticed
    bare: headsAreTwo, investigatorReviews, notTold, notTold, documentMissing penaltyDecision made
    told: headsAreTwo, investigatorReviews, defenceTermRuns, hearingTermRuns, legalReviewMissing, discussionMissing
    asked: headsAreTwo, investigatorReviews, defenceNotReviewed, hearingNotHeld, legalReviewMissing, discussionMissing, heavierAfterDefence, documentLater penaltyDecision
    late: headsAreTwo, investigatorReviews, legalReviewMissing, discussionMissing
penalty decideNone by agencyHead from investigated panelled noticed
    bare: headsAreTwo, investigatorReviews, documentMissing noPenaltyDecision made
    told: headsAreTwo, investigatorReviews, legalReviewMissing, discussionMissing
    asked: headsAreTwo, investigatorReviews, legalReviewMissing, discussionMissing, documentLater noPenaltyDecision
    late: headsAreTwo, investigatorReviews, legalReviewMissing, discussionMissing
penalty transfer by agencyHead from intake filed investigated panelled noticed
    bare: headsAreTwo, investigatorReviews, childOpen, documentMissing caseTransfer issued
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, documentLater caseTransfer
    late: headsAreTwo, investigatorReviews
penalty drop by reviewer from filed investigated panelled
    bare: investigatorReviews, childOpen
    told: investigatorReviews
    asked: investigatorReviews
    late: investigatorReviews
penalty serve by handler from decided
    bare: documentMissing penaltyDecision served, documentMissing serviceReceipt made
    asked: documentLater penaltyDecision, documentLater serviceReceipt
penalty publish by handler from served inCourt performed closed
penalty withdrawPublication by handler from filed investigated panelled noticed decided served inCourt performed closed
    bare: notPublished
    told: notPublished
    asked: notPublished
    late: notPublished
penalty demand by handler from served
    bare: documentMissing demandLetter served
    told: paymentTermRuns
    asked: documentLater demandLetter
penalty applyCourt by agencyHead from served
    bare: headsAreTwo, notDemanded, documentMissing courtEnforcement made
    told: headsAreTwo, demandTermRuns, remedyTermRuns
    asked: headsAreTwo, remedyTermRuns, documentLater courtEnforcement
    late: headsAreTwo, courtWindowOver
penalty perform by handler from served inCourt
penalty close by reviewer from performed
    bare: investigatorReviews, childOpen, documentMissing closingReport made
    told: investigatorReviews
    asked: investigatorReviews, documentLater closingReport
    late: investigatorReviews
penalty reopen by agencyHead from served inCourt performed closed
    bare: headsAreTwo, investigatorReviews
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews
    late: headsAreTwo, investigatorReviews
simplePenalty tell by handler from onScene
    bare: needsTwoOfficers
simplePenalty decide by handler from onScene
    bare: needsTwoOfficers, notTold, documentMissing spotPenalty issued
    asked: documentLater spotPenalty
simplePenalty convert by handler from onScene
simplePenalty drop by handler from onScene
simplePenalty collect by handler from decided reported
    bare: needsTwoOfficers
simplePenalty handIn by handler from decided reported performed
simplePenalty bankIn by handler from decided reported performed
simplePenalty report by handler from decided
simplePenalty perform by handler from reported
simplePenalty close by reviewer from performed
    bare: investigatorReviews, childOpen
    told: investigatorReviews
    asked: investigatorReviews
    late: investigatorReviews
simplePenalty publish by handler from decided reported performed closed
coercion approve by agencyHead from proposed
    bare: headsAreTwo, investigatorReviews, documentMissing coercionApproval made
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, documentLater coercionApproval
    late: headsAreTwo, investigatorReviews
coercion refuse by agencyHead from proposed approved
    bare: headsAreTwo, investigatorReviews
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews
    late: headsAreTwo, investigatorReviews
coercion execute by handler from approved
    bare: needsTwoOfficers, documentMissing seizureDecision issued, documentMissing itemList issued, documentMissing sceneRecord issued
    told: documentEarlier seizureDecision
    asked: documentLater seizureDecision, documentLater itemList, documentLater sceneRecord
coercion executeUrgently by handler from proposed
    bare: needsTwoOfficers, documentMissing seizureDecision issued, documentMissing itemList issued, documentMissing sceneRecord issued
    asked: documentLater seizureDecision, documentLater itemList, documentLater sceneRecord
coercion regularise by agencyHead from heldUrgently
    bare: headsAreTwo, investigatorReviews, documentMissing coercionApproval made
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, documentLater coercionApproval
    late: headsAreTwo, investigatorReviews
coercion refuseUrgent by agencyHead from heldUrgently
    bare: headsAreTwo, investigatorReviews
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews
    late: headsAreTwo, investigatorReviews
coercion extend by agencyHead from held
    bare: headsAreTwo, investigatorReviews, documentMissing seizureExtension issued
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, extendedOnce, termOver, documentLater seizureExtension
    late: headsAreTwo, investigatorReviews, termOver
coercion dispose by agencyHead from held
    bare: headsAreTwo, investigatorReviews, documentMissing seizureDisposal issued
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, termOver, documentLater controlRelease
    late: headsAreTwo, investigatorReviews, termOver
coercion release by handler from held heldUrgently mustRelease
    bare: needsTwoOfficers, documentMissing seizureDisposal issued
    asked: documentLater seizureDisposal
coercion regulariseLater by agencyHead from released
    bare: headsAreTwo, investigatorReviews, urgencyAnswered, documentMissing coercionApproval made
    told: headsAreTwo, investigatorReviews, urgencyAnswered
    asked: headsAreTwo, investigatorReviews, documentLater coercionApproval
    late: headsAreTwo, investigatorReviews, urgencyAnswered
coercion refuseLater by agencyHead from released
    bare: headsAreTwo, investigatorReviews, urgencyAnswered
    told: headsAreTwo, investigatorReviews, urgencyAnswered
    asked: headsAreTwo, investigatorReviews
    late: headsAreTwo, investigatorReviews, urgencyAnswered
coercion close by reviewer from disposed released
    bare: investigatorReviews
    told: investigatorReviews
    asked: investigatorReviews, urgencyUnanswered
    late: investigatorReviews
preservation approve by agencyHead from proposed
    bare: headsAreTwo, investigatorReviews, documentMissing preservationApproval made
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, documentLater preservationApproval
    late: headsAreTwo, investigatorReviews
preservation refuse by agencyHead from proposed approved
    bare: headsAreTwo, investigatorReviews
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews
    late: headsAreTwo, investigatorReviews
preservation execute by handler from approved
    bare: needsTwoOfficers, documentMissing evidencePreserve issued, documentMissing itemList issued, documentMissing sceneRecord issued
    told: documentEarlier evidencePreserve
    asked: documentLater evidencePreserve, documentLater itemList, documentLater sceneRecord
preservation executeUrgently by handler from proposed
    bare: needsTwoOfficers, documentMissing evidencePreserve issued, documentMissing itemList issued, documentMissing sceneRecord issued
    asked: documentLater evidencePreserve, documentLater itemList, documentLater sceneRecord
preservation regularise by agencyHead from heldUrgently
    bare: headsAreTwo, investigatorReviews, documentMissing preservationApproval made
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, documentLater preservationApproval
    late: headsAreTwo, investigatorReviews
preservation refuseUrgent by agencyHead from heldUrgently
    bare: headsAreTwo, investigatorReviews
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews
    late: headsAreTwo, investigatorReviews
preservation dispose by handler from held heldUrgently mustRelease
    bare: needsTwoOfficers, documentMissing evidenceDisposal issued
    asked: lapsed, documentLater evidenceDisposal
    late: lapsed
preservation regulariseLater by agencyHead from disposed
    bare: headsAreTwo, investigatorReviews, urgencyAnswered, documentMissing preservationApproval made
    told: headsAreTwo, investigatorReviews, urgencyAnswered
    asked: headsAreTwo, investigatorReviews, documentLater preservationApproval
    late: headsAreTwo, investigatorReviews, urgencyAnswered
preservation refuseLater by agencyHead from disposed
    bare: headsAreTwo, investigatorReviews, urgencyAnswered
    told: headsAreTwo, investigatorReviews, urgencyAnswered
    asked: headsAreTwo, investigatorReviews
    late: headsAreTwo, investigatorReviews, urgencyAnswered
preservation close by reviewer from disposed
    bare: investigatorReviews
    told: investigatorReviews
    asked: investigatorReviews, urgencyUnanswered
    late: investigatorReviews
hearing notify by handler from requested
    bare: presiderInvestigates, documentMissing hearingNotice served
    told: presiderInvestigates
    asked: presiderInvestigates, noticeTooLate, documentLater hearingNotice
    late: presiderInvestigates, noticeTooLate
hearing postpone by handler from notified
hearing hold by handler from notified
    bare: documentMissing hearingRecord issued
    asked: documentLater hearingRecord
hearing waive by handler from requested notified
hearing opinion by reviewer from held
    bare: investigatorReviews, documentMissing hearingOpinion made
    told: investigatorReviews
    asked: investigatorReviews, documentLater hearingOpinion
    late: investigatorReviews
licence supplement by handler from applied
    bare: documentMissing licenceSupplement issued
    asked: supplementedOnce, documentLater licenceSupplement
licence accept by handler from applied
    bare: documentMissing licenceAcceptance issued
    asked: documentLater licenceAcceptance
licence refuseAcceptance by reviewer from applied
    bare: documentMissing licenceRefusalToAccept issued
    asked: documentLater licenceRefusalToAccept
licence withdraw by handler from applied accepted
licence siteReview by handler from accepted
    bare: needsTwoOfficers, documentMissing sceneRecord issued
    asked: documentLater sceneRecord
licence tellHearing by handler from accepted
licence requestHearing by handler from accepted
licence waiveHearing by handler from accepted
licence legalReview by legalReviewer from accepted
    bare: investigatorReviews, documentMissing legalReviewOpinion made
    told: investigatorReviews
    asked: investigatorReviews, documentLater legalReviewOpinion
    late: investigatorReviews
licence extend by agencyHead from accepted
    bare: headsAreTwo, investigatorReviews
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, extendedOnce, termOver
    late: headsAreTwo, investigatorReviews, termOver
licence grant by agencyHead from accepted
    bare: headsAreTwo, investigatorReviews, documentMissing licenceDecision made
    told: headsAreTwo, investigatorReviews, legalReviewMissing
    asked: headsAreTwo, investigatorReviews, hearingNotHeld, legalReviewMissing, documentLater licenceDecision
    late: headsAreTwo, investigatorReviews, legalReviewMissing
licence refuse by agencyHead from accepted
    bare: headsAreTwo, investigatorReviews, documentMissing licenceRefusal made
    told: headsAreTwo, investigatorReviews, legalReviewMissing
    asked: headsAreTwo, investigatorReviews, hearingNotHeld, legalReviewMissing, documentLater licenceRefusal
    late: headsAreTwo, investigatorReviews, legalReviewMissing
licence grantOnCommitment by agencyHead from applied
    bare: headsAreTwo, investigatorReviews, documentMissing commitmentForm made, documentMissing licenceDecision made
    told: headsAreTwo, investigatorReviews
    asked: headsAreTwo, investigatorReviews, documentLater commitmentForm, documentLater licenceDecision
    late: headsAreTwo, investigatorReviews
licence checkCommitment by handler from committed
    bare: needsTwoOfficers, documentMissing sceneRecord issued
    asked: documentLater sceneRecord
licence notify by handler from checked
    bare: documentMissing priorNotice served
    asked: documentLater priorNotice
licence hearDefence by handler from toldRevocation
    bare: documentMissing defenceRecord issued
    asked: documentLater defenceRecord
licence revoke by agencyHead from toldRevocation
    bare: headsAreTwo, investigatorReviews, notTold, notTold, documentMissing licenceRevocation made
    told: headsAreTwo, investigatorReviews, defenceTermRuns
    asked: headsAreTwo, investigatorReviews, documentLater licenceRevocation
    late: headsAreTwo, investigatorReviews
licence deliver by handler from decided
    bare: documentMissing serviceReceipt made
    asked: documentLater serviceReceipt
licence publish by handler from decided delivered committed checked closed
licence close by reviewer from delivered checked
    bare: investigatorReviews, childOpen
    told: investigatorReviews
    asked: investigatorReviews
    late: investigatorReviews
complaint accept by reviewer from registered
    bare: documentMissing complaintRegister made
    asked: documentLater complaintRegister
complaint refer by reviewer from registered
complaint check by handler from accepted
complaint reply by handler from checked referred
    bare: documentMissing complaintReply issued
    asked: documentLater complaintReply
complaint close by reviewer from replied checked referred
    bare: investigatorReviews, childOpen
    told: investigatorReviews
    asked: investigatorReviews
    late: investigatorReviews
`;

type Row = { step: string; by: string; from: string; against: Partial<Record<string, string>> };
const ROWS: Row[] = [];
for (const line of TABLE.trim().split('\n')) {
    const [, step = '', by = '', from = ''] = /^(\S+ \S+) by (\S+) from (.+)$/.exec(line) ?? [];
    const [, world = '', against = ''] = /^ {4}(\w+): (.+)$/.exec(line) ?? [];
    const last = ROWS.at(-1);
    if (step !== '') ROWS.push({ step, by, from, against: {} });
    else if (last !== undefined) last.against[world] = against;
}

it('the table has every step of every procedure', () => {
    const steps = PROCEDURES.flatMap((procedure) =>
        Object.keys(PROCEDURE_TABLES[procedure].steps).map((id) => `${procedure} ${id}`),
    );
    expect(ROWS.map(({ step }) => step)).toEqual(steps);
});

it.each(ROWS)('$step', ({ step, by, from, against }) => {
    const [name = '', id = ''] = step.split(' ');
    const procedure = PROCEDURES.find((each) => each === name) ?? 'penalty';
    const definition = PROCEDURE_TABLES[procedure].steps[id];
    expect([definition?.by, definition?.from.join(' ')]).toEqual([by, from]);
    for (const world of Object.keys(WORLDS) as World[])
        expect([world, inTheWay(procedure, id, world).join(', ')]).toEqual([world, against[world] ?? '']);
    const state = definition?.from[0] ?? '';
    for (const post of CASE_POSTS.filter((each) => each !== by))
        expect(
            refusalsOf(given(procedure, { state }), { step: id, at: at('2026-09-02 11:00'), data: {} }, actor(post))[0],
        ).toEqual({ code: 'case.notYourStep', params: { by } });
});

it('a last day on a holiday moves for the party and for who waits for it, never for the agency', () => {
    const moved = PROCEDURES.flatMap((procedure) =>
        PROCEDURE_TABLES[procedure].deadlines.flatMap(({ key, rollsOn }) => (rollsOn === true ? [`${procedure} ${key}`] : [])),
    );
    expect(moved).toEqual([
        'penalty deadline.defence',
        'penalty deadline.hearingRequest',
        'penalty deadline.finePayment',
        'penalty deadline.review',
        'penalty deadline.litigation',
        'penalty deadline.demand',
        'simplePenalty deadline.finePayment',
        'simplePenalty deadline.review',
        'licence deadline.licenceHearingRequest',
        'licence deadline.defence',
    ]);
    for (const procedure of PROCEDURES)
        for (const { key, kind, rollsOn } of PROCEDURE_TABLES[procedure].deadlines)
            if (kind === 'act') expect([procedure, key, rollsOn]).toEqual([procedure, key, undefined]);
});
