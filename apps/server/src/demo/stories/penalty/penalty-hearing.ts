import { HOUR, type Id } from '@liuhen/domain';
import { hand } from '../paper.ts';
import { answered, readOut } from '../scene.ts';
import { AT, FINE, HEAD_OF_PARTY, PARTY, PROPOSED_FINE } from './penalty-facts.ts';
import * as papers from './penalty-papers.ts';
import { both, refused, step, type Told } from './penalty-told.ts';

/** 处罚法44、63: told beforehand; nothing is decided while a hearing can still be asked for. */
export async function notify(told: Told, penalty: Id): Promise<void> {
    const { stage, cast, desk, partyId } = told;
    await stage.until(AT.noticed);
    const notice = await desk.begin('hearingRightNotice', { caseId: penalty, partyId }, papers.hearingRight);
    await desk.approved(notice, 'hearingRightNotice', cast.agency);
    await desk.issued(notice, 'hearingRightNotice');
    await desk.serveDirectly(notice, PARTY.name, HEAD_OF_PARTY, PARTY.address, stage.now());
    await step(told, cast.first, 'case.step', penalty, 'notify', { proposedFine: PROPOSED_FINE });
    await stage.until(AT.tooEarly);
    await refused(step(told, cast.agency, 'case.approve', penalty, 'decide', { fine: PROPOSED_FINE }), 'case.defenceTermRuns');
    await stage.until(AT.asked);
    await step(told, cast.first, 'case.step', penalty, 'requestHearing');
}

export async function hear(told: Told, penalty: Id): Promise<Id> {
    const { stage, cast, desk, partyId } = told;
    const { first, second, presider, section } = cast;
    const open = { procedure: 'hearing' as const, source: 'case' as const, parentId: penalty, graveHarm: false };
    const { id } = await first.call('case.open', {
        body: { ...open, title: `${PARTY.name}行政处罚听证`, openedAt: AT.asked, handlerIds: [first.id, second.id] },
    });
    const hung = { caseId: id, partyId };
    await stage.until(AT.invited);
    const notice = await desk.begin('hearingNotice', hung, papers.hearingNotice(told.named('presider')));
    await desk.approved(notice, 'hearingNotice', cast.agency);
    await desk.issued(notice, 'hearingNotice');
    await desk.serveDirectly(notice, PARTY.name, HEAD_OF_PARTY, PARTY.address, stage.now());
    await refused(
        step(told, first, 'case.step', id, 'notify', { day: '2026-11-05', presiderId: second.id }),
        'case.presiderInvestigates',
    );
    await step(told, first, 'case.step', id, 'notify', { day: '2026-11-05', presiderId: presider.id });

    await stage.until(AT.hearingEnd);
    const { id: actId } = await first.call('act.create', {
        body: {
            scenario: 'hearing',
            siteKind: 'room',
            roomDeviceId: stage.device('R-301'),
            partyId,
            place: '约谈室 301',
            startsAt: AT.hearing,
            endsAt: AT.hearingEnd,
            participants: [first, second, presider].map((each) => ({ personId: each.id, part: 'officer' as const })),
        },
    });
    await answered(stage, actId, AT.hearing, 'room');
    await first.call('case.linkAct', { params: { id }, body: { actId } });
    const record = await desk.begin(
        'hearingRecord',
        { ...hung, actId },
        papers.hearingRecord(told.named('presider'), told.named('section'), both(told)),
        presider,
    );
    await desk.onScene(record, 'hearingRecord', [
        hand('partyEachPage', HEAD_OF_PARTY),
        hand('presider', presider.name),
        hand('recorder', section.name),
        ...[first, second].map(({ name }) => hand('participants', name)),
    ]);
    await step(told, first, 'case.step', id, 'hold');
    await desk.checked(record);

    // A room's camera runs a little longer than the hearing: what it keeps is fetched in the afternoon.
    await stage.until(AT.hearingEnd + 2 * HOUR);
    await readOut(stage, actId, 'hearing', 'unmarked');

    await stage.until(AT.opinion);
    const opinion = await desk.begin('hearingOpinion', hung, papers.hearingOpinion(told.named('presider')), presider);
    await desk.approved(opinion, 'hearingOpinion', section, { by: presider });
    await step(told, section, 'case.review', id, 'opinion');
    return id;
}

/** 处罚法57、58: legal review after the hearing, then the heads discuss. */
export async function review(told: Told, penalty: Id): Promise<void> {
    const { stage, cast, desk, partyId } = told;
    const { legal, agency } = cast;
    const hung = { caseId: penalty, partyId };
    await stage.until(AT.legal);
    await refused(step(told, agency, 'case.approve', penalty, 'decide', { fine: FINE }), 'case.legalReviewMissing');
    const opinion = await desk.begin('legalReviewOpinion', hung, papers.legalOpinion(both(told), told.named('legal')), legal);
    await desk.approved(opinion, 'legalReviewOpinion', cast.section, { by: legal });
    await step(told, legal, 'case.legalReview', penalty, 'legalReview', { passed: true });
    await stage.until(AT.discussionEnd);
    const heads = [told.named('agency'), told.named('institute'), told.named('legal')];
    const minutes = await desk.begin(
        'collectiveDiscussion',
        hung,
        papers.discussion(told.named('agency'), heads, told.named('legal')),
        legal,
    );
    await desk.approved(minutes, 'collectiveDiscussion', agency, { by: legal });
    await step(told, agency, 'case.approve', penalty, 'discuss');
}
