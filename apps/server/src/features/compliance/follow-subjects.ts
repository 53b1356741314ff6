import type { Id } from '@liuhen/domain';
import type { Services } from '../../platform/services.ts';
import { changedSubjects, recordersBefore, subjectsDue } from './changed-subjects.queries.ts';
import { Follower } from './follower.ts';
import { judgeSubjects, type SubjectId } from './judging-subjects.ts';

/** Facts of units and recorders that change are judged within this, milliseconds: at the dock files of a recorder come by the second. */
export const SUBJECTS_LOOK_MS = 3_000;
/** Recorders judged between two looks at whether the server stops. */
const MOST = 100;
/** And between two looks at what else changed. */
const SLICE = 20;

/**
 * Judges units and their recorders, apart from the reader for acts, because the passport of a recorder is read from hundreds of files.
 * Null is the unit.
 */
export class SubjectFollower extends Follower<SubjectId> {
    constructor(services: Services, organisations: () => Promise<readonly Id[]>) {
        super(services, organisations, {
            lock: 'judgingSubjects',
            progress: 'subject_progress',
            async changed(db, orgId, next) {
                const { unit, devices, ...found } = await changedSubjects(db, orgId, next);
                return { ...found, subjects: [...(unit ? [null] : []), ...devices] };
            },
            due: [(db, orgId) => subjectsDue(db, orgId, services.clock.now(), MOST)],
            first: [null],
            slice: SLICE,
            everyMs: SUBJECTS_LOOK_MS,
            before: (db, orgId, before) => recordersBefore(db, orgId, before, MOST),
            judge: (orgId, ids) => judgeSubjects(services, orgId, ids),
        });
    }
}
