import { type Id, type Instant, MINUTE } from '@liuhen/domain';
import type { DemoSecondSite, DemoVisit } from '../demo-data.ts';
import { showCertificates } from './scene.ts';
import type { Stage } from './stage.ts';

type VisitedAct = { id: Id; startsAt: Instant; premisesId: Id; scenario: DemoVisit['scenario'] };

/**
 * The team splits: two more officers go with colleagues of another agency into a store where nothing may be recorded
 * (附件1 第11条), for the second minute of the visit. One records the exemption; the head of the
 * section is there, so the head of the institute confirms it.
 */
export async function addSecondSite(stage: Stage, act: VisitedAct, site: DemoSecondSite): Promise<void> {
    const leader = stage.by('110207');
    const params = { id: act.id };
    const there: Id[] = [];
    for (const key of site.officers) {
        const body = { part: 'officer' as const, personId: stage.by(key).id, segmentIds: [] };
        there.push((await leader.call('act.addParticipant', { params, body })).id);
    }
    const colleague = { part: 'otherAgency' as const, ...site.colleague, segmentIds: [] };
    there.push((await leader.call('act.addParticipant', { params, body: colleague })).id);
    const partyPerson = { part: 'partyPerson' as const, ...site.partyPerson, idShown: true };
    await leader.call('act.addParticipant', { params, body: partyPerson });
    const [startsAt, endsAt] = [act.startsAt + MINUTE, act.startsAt + 2 * MINUTE];
    const { scenario, premisesId } = act;
    const segment = { scenario, siteKind: 'inside' as const, premisesId, place: site.place, startsAt, endsAt };
    const { id: segmentId } = await leader.call('act.addSegment', { params, body: { ...segment, participantIds: there } });
    await showCertificates(leader, act.id, startsAt);
    const { id } = await leader.call('act.recordExemption', {
        params,
        body: { segmentId, kind: 'highRisk', ground: site.ground, startsAt, endsAt },
    });
    await stage.by(site.confirmedBy).call('act.decideExemption', { params: { id }, body: { as: 'confirmed' } });
}
