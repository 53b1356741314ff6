import type { FaultReport } from '../../../device/fault-report.ts';
import { DAY, HOUR } from '../../../kernel/instant.ts';
import type { Dice } from './dice-testing.ts';
import type { SubjectNotes } from './subject-notes-testing.ts';

/** How soon faulty recorders are handed in where the unit says how soon. */
const TERM = 24 * HOUR;

/** Faults of a recorder that its holder reported (附件1 第15条): before and after the unit set a term, and what became of each. */
export function makeFaults(
    dice: Dice,
    notes: SubjectNotes,
    holderId: string,
    { now, wrongPermille }: { readonly now: number; readonly wrongPermille: number },
): FaultReport[] {
    const faults: FaultReport[] = [];
    const isFaulty = dice.chance(150);
    const report = (of: Pick<FaultReport, 'reportedAt' | 'dueAt' | 'ended' | 'endedAt'>) =>
        faults.push({ id: `f ${faults.length} ${holderId}`, issueId: `i ${holderId}`, holderId, decision: null, ...of });
    const long = now - 200 * DAY;
    // Nobody had said yet how soon: however long it took, that is not judged.
    if (isFaulty && dice.chance(300))
        report({ reportedAt: long, dueAt: null, ended: 'handedIn', endedAt: long + dice.between(0, 30) * DAY });
    const closed = isFaulty ? dice.between(0, 2) : 0;
    for (let at = 0; at < closed; at++) {
        const reportedAt = now - (100 - 10 * at) * DAY;
        const ended = dice.pick(['handedIn', 'cleared', 'lost'] as const);
        const late = dice.chance(4 * wrongPermille) ? dice.pick([1, HOUR, 3 * DAY]) : -dice.pick([0, 1, HOUR, TERM]);
        report({ reportedAt, dueAt: reportedAt + TERM, ended, endedAt: reportedAt + TERM + late });
        const code = ended === 'handedIn' ? 'fault.handedInLate' : 'fault.notHandedIn';
        if (late > 0) notes.plant('faultHandedIn', code, 'must', holderId, null, null);
    }
    const way = isFaulty ? dice.pick(['mended', 'mended', 'inTerm', 'lastMoment', 'over', 'noTerm'] as const) : 'mended';
    if (way === 'inTerm' || way === 'lastMoment') {
        const reportedAt = way === 'lastMoment' ? now - TERM : now - dice.between(0, TERM - 1);
        report({ reportedAt, dueAt: reportedAt + TERM, ended: null, endedAt: null });
        notes.lack('faultHandedIn', 'handIn');
    }
    if (way === 'over') {
        const reportedAt = now - TERM - dice.pick([1, HOUR, 3 * DAY]);
        report({ reportedAt, dueAt: reportedAt + TERM, ended: null, endedAt: null });
        notes.plant('faultHandedIn', 'fault.notHandedIn', 'must', holderId, null, null);
    }
    if (way === 'noTerm') {
        report({ reportedAt: now - dice.between(0, 90) * DAY, dueAt: null, ended: null, endedAt: null });
        notes.lack('faultHandedIn', 'handInTerm');
    }
    if (closed === 0 && (way === 'mended' || way === 'noTerm')) notes.silent.add('faultHandedIn');
    return faults;
}
