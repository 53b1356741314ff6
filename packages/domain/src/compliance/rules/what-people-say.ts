import { KEY_FOOTAGE } from '../../recording/recording-mark.ts';
import { type ActRule, type ActToJudge, finding, needsReview, notApplicable, pass, type RuleFinding } from './rule.ts';

/**
 * 附件1 第8、9条: the opening and the closing words, marked where they are spoken. Only a person can say that they are there, so without
 * a mark nothing fails: it needs review, and where it is required somebody has to look.
 */
export const spokenWords: ActRule = {
    id: 'spokenWords',
    version: 1,
    clauses: ['A1-8-2', 'A1-9-1'],
    counts: (of) => of.speechRequired,
    judge({ input, speechRequired }) {
        if (input.recordings.length === 0) return notApplicable;
        const isMarked = (kind: 'opening' | 'closing') =>
            input.speech.some((each) => each.kind === kind && each.state === 'confirmed');
        const [opening, closing] = [isMarked('opening'), isMarked('closing')];
        if (opening && closing) return pass();
        const findings: RuleFinding[] = speechRequired
            ? [
                  ...(opening ? [] : [finding('speech.openingMissing', 'opening')]),
                  ...(closing ? [] : [finding('speech.closingMissing', 'closing')]),
              ]
            : [];
        return needsReview(['person'], { findings, params: { missing: Number(!opening) + Number(!closing) } });
    },
};

/**
 * 附件1 第11条: scene, people, evidence, measures and other matters of importance. Which of them there was to film only a person knows, so
 * a kind that is not marked is counted and never a finding. That nobody marked any is asked about where it is required.
 */
export const keyFootage: ActRule = {
    id: 'keyFootage',
    version: 2,
    clauses: ['A1-11-2', 'A1-11-3', 'A1-11-4', 'A1-11-5', 'A1-11-6'],
    counts: (of) => of.speechRequired && marksOfKinds(of) === 0,
    judge(of) {
        const { input, speechRequired } = of;
        if (input.recordings.length === 0) return notApplicable;
        const marked = marksOfKinds(of);
        const params = { marked, kinds: KEY_FOOTAGE.length };
        if (marked === KEY_FOOTAGE.length) return pass(params);
        const findings = speechRequired && marked === 0 ? [finding('footage.unmarked', 'footage')] : [];
        return needsReview(['person'], { findings, params });
    },
};

const marksOfKinds = ({ marked }: Pick<ActToJudge, 'marked'>): number =>
    KEY_FOOTAGE.filter((kind) => marked.includes(kind)).length;
