import { type Instant, SECOND } from '../kernel/instant.ts';

/** RFC 6238: steps of 30 s; one step of slack either way for clocks that disagree (section 5.2). */
export const CODE_STEP = 30 * SECOND;
export const CODE_SLACK = 1;

export const codeStepAt = (now: Instant): number => Math.floor(now / CODE_STEP);

/**
 * The time step a code is accepted for, or undefined. A code is good once (RFC 6238 section 5.2): neither the last
 * accepted step nor any before it is taken again. `matches` compares the code with the right one of a step.
 */
export function acceptedStep(now: Instant, lastStep: number | null, matches: (step: number) => boolean): number | undefined {
    const present = codeStepAt(now);
    for (let step = present - CODE_SLACK; step <= present + CODE_SLACK; step++) {
        if ((lastStep === null || step > lastStep) && matches(step)) return step;
    }
    return undefined;
}
