import { omitEmpty } from '../../app/omit-empty.ts';
import { useCommand } from '../../app/use-command.ts';
import type { DocumentDetail } from './document-types.ts';
import { afterStep, versionOnceSaved } from './open-drafts.ts';
import type { StepName } from './step-table.ts';

/** What a dialogue gives back; which of it a step asks for stands in the table of steps. */
export type StepAnswers = {
    readonly verdict?: string | undefined;
    readonly legal?: { readonly needed: boolean; readonly reason: string } | undefined;
    readonly opinion?: string | undefined;
    readonly reason?: string | undefined;
    readonly qualification?: string | undefined;
    readonly category?: string | undefined;
    /** A number that a terminal took along. */
    readonly reserved?: { readonly blockId: string; readonly place: number } | undefined;
    readonly handedTo?: string | undefined;
    readonly originalPlace?: string | undefined;
};

/** Takes one step of a document's way: each sends its own command, with what it was asked. */
export function useStep(step: StepName, { id, version: read }: Pick<DocumentDetail, 'id' | 'version'>, onDone: () => void) {
    const done = afterStep(id, onDone);
    const submit = useCommand('document.submit', done);
    const review = useCommand('document.review', done);
    const legalReview = useCommand('document.legalReview', done);
    const sign = useCommand('document.sign', done);
    const number = useCommand('document.number', done);
    const issue = useCommand('document.issue', done);
    const issueUrgently = useCommand('document.issueUrgently', done);
    const regularise = useCommand('document.regularise', done);
    const check = useCommand('document.check', done);
    const file = useCommand('document.file', done);
    const reopen = useCommand('document.reopen', done);
    const voiding = useCommand('document.void', done);
    const { error, isPending: busy } = {
        ...{ submit, review, legalReview, sign, number, issue, issueUrgently, regularise, check, file, reopen },
        void: voiding,
    }[step];
    const params = { id };
    const take = (answers: StepAnswers): void =>
        void versionOnceSaved({ id, version: read }).then((version) => on(answers, version));
    const on = (answers: StepAnswers, version: number): void => {
        // What is required was asked for; an empty text is refused by the server in words, and nothing is lost.
        const { reason = '', opinion = '', qualification = '', handedTo, category, reserved, originalPlace, legal } = answers;
        const returned = { verdict: 'return' as const, reason, version };
        const passes = answers.verdict !== 'return';
        const takes: Readonly<Record<StepName, () => void>> = {
            submit: () => submit.mutate({ params, body: { version } }),
            review: () =>
                review.mutate({
                    params,
                    body: passes ? { verdict: 'pass', ...omitEmpty({ opinion, legal }), version } : returned,
                }),
            legalReview: () =>
                legalReview.mutate({ params, body: passes ? { verdict: 'pass', opinion, qualification, version } : returned }),
            sign: () =>
                sign.mutate({ params, body: passes ? { verdict: 'pass', ...omitEmpty({ opinion }), version } : returned }),
            number: () => number.mutate({ params, body: { ...omitEmpty({ category, reserved }), version } }),
            issue: () => issue.mutate({ params, body: { ...omitEmpty({ handedTo }), version } }),
            issueUrgently: () =>
                issueUrgently.mutate({
                    params,
                    body: { reason, handedTo: handedTo ?? '', ...omitEmpty({ category, reserved }), version },
                }),
            regularise: () =>
                regularise.mutate({
                    params,
                    body: { verdict: answers.verdict === 'refuse' ? 'refuse' : 'approve', opinion, version },
                }),
            check: () =>
                check.mutate({
                    params,
                    body:
                        answers.verdict === 'fault'
                            ? { verdict: 'fault', reason, version }
                            : { verdict: 'pass', ...omitEmpty({ opinion }), version },
                }),
            file: () => file.mutate({ params, body: { ...omitEmpty({ originalPlace }), version } }),
            reopen: () => reopen.mutate({ params, body: { reason, version } }),
            void: () => voiding.mutate({ params, body: { reason, version } }),
        };
        takes[step]();
    };
    return { take, error, busy };
}
