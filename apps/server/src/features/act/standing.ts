import type { Endpoints, ResponseOf } from '@liuhen/contract';
import {
    type ActFacts,
    type ActState,
    coverageOf,
    type FoundOfAct,
    type Instant,
    isLeast,
    standingAmid,
    statementInputOf,
    statementsOf,
    worstStatus,
} from '@liuhen/domain';

export type Standing = ResponseOf<Endpoints['act.list']>['items'][number]['standing'];
/** How the record of an act stands by itself, whatever was found about the act. */
export type RecordStanding = Omit<Standing, 'record' | 'found'>;

/** What the tables know of an act, as far as its standing depends on it. */
export type StandingFacts = ActFacts & { readonly number: string; readonly state: ActState };

/** How the record of an act stands, worked out by the domain (附件1 第5、10、15条). Nothing is required of an act that never took place. */
export function standingOf(act: StandingFacts, now: Instant): RecordStanding {
    if (act.state === 'cancelled') return { status: 'held', openGaps: 0, coveragePermille: null, missingOfficers: 0 };
    const input = statementInputOf(act, now, act.number);
    const coverage = coverageOf(input);
    const figures = coverage.flatMap((each) => each.permille ?? []);
    const entitled = input.participants.filter((each) => each.part === 'officer' && each.certificate !== 'invalid').length;
    return {
        status: worstStatus(statementsOf(input, coverage)),
        openGaps: coverage.flatMap((each) => each.gaps).filter((gap) => gap.state === 'open').length,
        // A figure that may be too low because a file does not say when it ran is none.
        coveragePermille: figures.length === 0 || coverage.some(isLeast) ? null : Math.min(...figures),
        missingOfficers: Math.max(0, 2 - entitled),
    };
}

/** How the act stands as a whole. */
export function standingWith(record: RecordStanding, state: ActState, judged: FoundOfAct): Standing {
    const { open, waiting, confirmed } = judged;
    const status = state === 'cancelled' ? record.status : standingAmid(record.status, judged);
    return { ...record, status, record: record.status, found: { open, waiting, confirmed } };
}
