import type { RecordVerdict } from '@liuhen/domain';
import { differenceLines, parallelOf, recordChecks, recordFacts, recordFindings } from '../record-report.ts';
import type { Words } from '../words.ts';
import { element, factList, listOf } from './elements.ts';

/** The verdict on the sample of an inspection: the answer, what is wrong, each question with its answer, then the rest. */
export function recordView(verdict: RecordVerdict, words: Words): HTMLElement[] {
    const { result, findings, record, checks } = verdict;
    const { record: of } = words;
    const head = [element('h2', `${of.title}: ${words.results[result]}`, result), element('p', of.resultMeans[result])];
    if (findings.length > 0) head.push(listOf(recordFindings(findings, words), `findings ${result}`));
    if (record === undefined) return head;
    const answers = recordChecks(verdict, words).map(({ check, standing, text }) => {
        const card = element('section', '', standing);
        const title = element('h3', text);
        title.append(element('span', words.item.standing[standing]));
        card.append(title);
        const more = check === 'sample' ? differenceLines(verdict, words) : [];
        if (more.length > 0) card.append(listOf(more, checks.sample === 'fails' ? 'findings invalid' : ''));
        return card;
    });
    const parallel = parallelOf(verdict, words);
    return [
        ...head,
        ...answers,
        factList(recordFacts(verdict, words)),
        ...(parallel === undefined ? [] : [element('h3', parallel.title, 'after'), listOf(parallel.lines)]),
        element('h3', words.notProvenTitle, 'after'),
        listOf(verdict.notProven.map((each) => of.notProven[each])),
    ];
}
