import type { BodyOf, Endpoints } from '@liuhen/contract';
import { DomainError, type Id } from '@liuhen/domain';
import type { Colleague } from '../colleague.ts';
import type { Stage } from '../stage.ts';
import type { Cast, Desk } from './penalty-desk.ts';
import type { Named } from './penalty-papers.ts';

/** What every part of the story is told with. */
export type Told = {
    readonly stage: Stage;
    readonly cast: Cast;
    readonly desk: Desk;
    readonly named: (who: keyof Cast) => Named;
    readonly partyId: Id;
    readonly premisesId: Id;
};

export const both = ({ named }: Told): Named[] => [named('first'), named('second')];

type Post = 'case.step' | 'case.review' | 'case.approve' | 'case.legalReview';
type StepData = BodyOf<Endpoints['case.step']>['data'];

/** A step of a case, now. */
export async function step(
    { stage }: Told,
    who: Colleague,
    post: Post,
    id: Id,
    name: string,
    data: StepData = {},
): Promise<void> {
    const { version } = await who.call('case.get', { params: { id } });
    await who.call(post, { params: { id }, body: { version, step: name, at: stage.now(), data } });
}

/** Somebody tries a step before its time; the refusal stays in the log. */
export async function refused(attempt: Promise<unknown>, code: string): Promise<void> {
    try {
        await attempt;
    } catch (error) {
        if (error instanceof DomainError && error.code === code) return;
        throw error;
    }
    throw new Error(`the story expects ${code} here`);
}
