import { type ActFacts, exemptionFactsOf, speechOf, spokenReasonsOf } from '@liuhen/domain';
import type { ResponseOf } from './endpoint.ts';
import type { Endpoints } from './endpoints.ts';

/** The facts of an act as it is answered: from these the page draws what the server has listed, by the same rules. */
export function actFactsOf(act: ResponseOf<Endpoints['act.get']>): ActFacts {
    const { id, startsAt, endsAt, recordings, documents, explanations, storeWithinMs, documentToleranceMs, speechRequired } = act;
    const { spokenWithinMs } = act;
    return {
        id,
        startsAt,
        endsAt,
        recordings,
        documents,
        explanations,
        storeWithinMs,
        documentToleranceMs,
        spokenWithinMs,
        speechRequired,
        speech: speechOf(act.marks, act.heard),
        spoken: spokenReasonsOf(act.marks),
        segments: act.segments.map(({ premises, site: _, room, ...segment }) => ({
            ...segment,
            premisesId: premises?.id ?? null,
            roomDeviceId: room?.id ?? null,
        })),
        participants: act.participants.map(({ person, name, part, presence }) => ({
            personId: person?.id ?? null,
            name,
            part,
            certificateNumber: person?.certificateNumber ?? null,
            presence,
        })),
        exemptions: act.exemptions.flatMap(({ person, decidedBy, ...exemption }) =>
            exemptionFactsOf(
                { ...exemption, personId: person?.id ?? null, decidedBy: decidedBy?.id ?? null },
                act.participants.map((each) => each.person?.id ?? null),
            ),
        ),
    };
}
