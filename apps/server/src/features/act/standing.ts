import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type ActState,
    COVERAGE_PARAMETERS,
    coverageOf,
    type Id,
    type Instant,
    type Part,
    type ParticipantFacts,
    type RecordingFacts,
    type StatementInput,
    statementsOf,
    worstStatus,
} from '@liuhen/domain';

type Standing = ResponseOf<Endpoints['act.list']>['items'][number]['standing'];

/** What the tables know of an act, as far as its standing depends on it. */
export type StandingFacts = {
    readonly act: {
        readonly id: Id;
        readonly number: string;
        readonly state: ActState;
        readonly startsAt: Instant;
        readonly endsAt: Instant;
    };
    readonly participants: readonly { personId: Id; name: string; part: Part; certificateNumber: string | null }[];
    readonly recordings: readonly {
        id: Id;
        personId: Id | null;
        deviceId: Id | null;
        deviceNumber: string | null;
        deviceStart: Instant | null;
        deviceEnd: Instant | null;
        /** Pauses inside one file; without them the file is one stretch. */
        intervals: readonly { id: Id; deviceStart: Instant; deviceEnd: Instant }[];
        receivedAt: Instant;
    }[];
};

/** How an act stands, worked out by the domain (附件1 第5、10、15条). Nothing is required of an act that never took place. */
export function standingOf(facts: StandingFacts, now: Instant): Standing {
    if (facts.act.state === 'cancelled') return { status: 'held', openGaps: 0, coveragePermille: null, missingOfficers: 0 };
    const input = statementInputOf(facts, now);
    const coverage = coverageOf(input);
    const figures = coverage.flatMap((each) => each.permille ?? []);
    const entitled = input.participants.filter((each) => each.part === 'officer' && each.certificate !== 'invalid').length;
    return {
        status: worstStatus(statementsOf(input, coverage)),
        openGaps: coverage.flatMap((each) => each.gaps).filter((gap) => gap.state === 'open').length,
        coveragePermille: figures.length === 0 ? null : Math.min(...figures),
        missingOfficers: Math.max(0, 2 - entitled),
    };
}

/**
 * The domain's facts from what this version keeps: no clock fits, exemptions, explanations or confirmed words yet. The
 * act's own statement stands for the document until there are documents. Nobody says yet that a recorder was emptied, so
 * files may still arrive until they are late.
 */
export function statementInputOf({ act, participants, recordings }: StandingFacts, now: Instant): StatementInput {
    const { startsAt: start, endsAt: end } = act;
    return {
        now,
        stated: { start, end },
        participants: participants.map(({ personId, name, part, certificateNumber }): ParticipantFacts => {
            const certificate = certificateNumber === null ? 'invalid' : 'valid';
            return { id: personId, name, part, own: null, certificate, intake: 'pending' };
        }),
        recordings: recordings.map(recordingFactsOf),
        exemptions: [],
        explanations: [],
        parameters: COVERAGE_PARAMETERS,
        documents: [{ id: act.id, title: act.number, start, end }],
        speech: [],
        speechRequired: false,
    };
}

function recordingFactsOf(recording: StandingFacts['recordings'][number]): RecordingFacts {
    const { id, personId, deviceId, deviceNumber, deviceStart, deviceEnd, intervals, receivedAt } = recording;
    const whole = deviceStart === null || deviceEnd === null || deviceStart >= deviceEnd ? [] : [{ id, deviceStart, deviceEnd }];
    const stretches = intervals.length > 0 ? intervals : whole;
    return {
        id,
        // Footage of nobody in particular covers nobody.
        carrierId: personId ?? deviceId ?? id,
        deviceId: deviceId ?? id,
        deviceLabel: deviceNumber ?? '',
        segments: stretches.map((each) => ({
            id: each.id,
            device: { start: each.deviceStart, end: each.deviceEnd },
            corrected: null,
        })),
        storedAt: receivedAt,
    };
}
