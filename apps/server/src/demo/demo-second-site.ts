import { type Id, type Instant, MINUTE } from '@liuhen/domain';
import { decideOnExemption, recordExemption } from '../features/act/act-exemption.commands.ts';
import { addParticipant, changeParticipant } from '../features/act/act-people.commands.ts';
import { addSegment } from '../features/act/act-segment.commands.ts';
import type { CommandContext } from '../platform/command/command.ts';
import type { Services } from '../platform/services.ts';
import type { DemoSecondSite, DemoVisit } from './demo-data.ts';

type Of = {
    /** A context for somebody of the district, by key. */
    as: (key: string) => CommandContext;
    personOf: (key: string) => Id;
    act: { id: Id; startsAt: Instant; premisesId: Id; scenario: DemoVisit['scenario'] };
};

/**
 * The team splits: two more officers go with colleagues of another agency into a store where nothing may be recorded
 * (附件1 第11条), for the second minute of the visit. One records the exemption, the section head confirms it.
 */
export async function addSecondSite(services: Services, { as, personOf, act }: Of, site: DemoSecondSite): Promise<void> {
    const leader = '110207';
    const add = (participant: Parameters<typeof addParticipant>[3]) => addParticipant(services, as(leader), act.id, participant);
    const there: Id[] = [];
    for (const key of site.officers) {
        const { id } = await add({ part: 'officer', personId: personOf(key), segmentIds: [] });
        there.push(id);
    }
    there.push((await add({ part: 'otherAgency', ...site.colleague, segmentIds: [] })).id);
    await add({ part: 'partyPerson', ...site.partyPerson, idShown: true });
    const [startsAt, endsAt] = [act.startsAt + MINUTE, act.startsAt + 2 * MINUTE];
    const { id: segmentId } = await addSegment(services, as(leader), act.id, {
        scenario: act.scenario,
        siteKind: 'inside',
        premisesId: act.premisesId,
        place: site.place,
        startsAt,
        endsAt,
        participantIds: there,
    });
    const [first] = there;
    if (first !== undefined) await changeParticipant(services, as(leader), first, { certificateShownAt: startsAt, version: 1 });
    const { id } = await recordExemption(services, as(leader), act.id, {
        segmentId,
        kind: 'highRisk',
        ground: site.ground,
        startsAt,
        endsAt,
    });
    await decideOnExemption(services, as(site.confirmedBy), id, { as: 'confirmed' });
}
