import type { Id } from '@liuhen/domain';
import { keepLooking, whileTrusted } from '../../platform/keep-looking.ts';
import type { Services } from '../../platform/services.ts';
import { actsBefore, actsDrawnSince, actsDue, changedSince } from './changed-acts.queries.ts';
import { SUBJECTS_LOOK_MS, SubjectFollower } from './follow-subjects.ts';
import { Follower } from './follower.ts';
import { CHUNK, judgeActs } from './judging.ts';
import { JudgingThreads } from './judging-threads.ts';

/** Facts that change are judged within this, milliseconds, and what the judging itself takes. */
const LOOK_MS = 1_000;
/** Acts judged between two looks at whether the server stops and at what else changed. */
const MOST = 2_000;
/** Closed acts of a device or a person judged between two looks at what else changed. */
const SLICE = 500;

/** What is more than one command judges is judged aside; less is not worth a thread. */
const ASIDE_FROM = CHUNK;

type Tools = Pick<Services, 'db' | 'clock' | 'commands' | 'urls'>;

/**
 * Judges acts as their facts change, those that somebody drew, and those that time alone judges otherwise. What is much is judged in the
 * threads, where there are any.
 */
export class LogFollower extends Follower<Id> {
    constructor(services: Tools, organisations: () => Promise<readonly Id[]>, threads?: JudgingThreads) {
        super(services, organisations, {
            lock: 'judging',
            progress: 'judging_progress',
            async changed(db, orgId, next) {
                const { acts, ...found } = await changedSince(db, orgId, next);
                return { ...found, subjects: acts };
            },
            due: [(db, orgId) => actsDue(db, orgId, services.clock.now(), MOST), (db, orgId) => actsDrawnSince(db, orgId, MOST)],
            first: [],
            slice: SLICE,
            everyMs: LOOK_MS,
            before: (db, orgId, before) => actsBefore(db, orgId, before, MOST),
            judge: (orgId, ids) =>
                threads === undefined || ids.length <= ASIDE_FROM ? judgeActs(services, orgId, ids) : threads.judge(orgId, ids),
        });
    }
}

/** Looks as long as the server runs. Acts do not wait for units and devices: those have a reader of their own. */
export function startJudging(
    services: Services,
    organisations: () => Promise<readonly Id[]>,
    stops: (() => Promise<void>)[],
): void {
    const failed = 'judging failed';
    const setup = { url: services.urls.app, keyFolder: services.installation.keyFolder };
    const threads = new JudgingThreads(services.clock, setup, ({ name }) => services.log.error({ name }, failed));
    stops.push(() => threads.close());
    const acts = new LogFollower(services, organisations, threads);
    keepLooking(services, whileTrusted(services, acts), { everyMs: LOOK_MS, failed }, stops);
    keepLooking(
        services,
        whileTrusted(services, new SubjectFollower(services, organisations)),
        { everyMs: SUBJECTS_LOOK_MS, failed },
        stops,
    );
}
