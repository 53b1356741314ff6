import { fill } from '@liuhen/contract';
import { PROCEDURE_TABLES } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot } from '../../app/page.tsx';
import { type CaseDetail, TERM_STATUS, useCaseWords } from './case-words.ts';
import { useStepDataWords, useStepFieldWord } from './step-data-words.ts';

type Point = { id: string; at: number; kind: 'step' | 'term' };

/** The picture of a case: what was done, in order, and when its running terms end, on one line of time. */
export function CaseTimeline({ of }: { of: CaseDetail }) {
    const text = useText();
    const format = useFormat();
    const words = useCaseWords();
    const dataWords = useStepDataWords();
    const fieldWord = useStepFieldWord();
    const running = of.endedAt === null ? of.countdowns.filter((each) => each.metAt === null && each.due !== null) : [];
    const points: Point[] = [
        ...of.steps.map((step) => ({ id: step.id, at: step.at, kind: 'step' as const })),
        ...running.map((each) => ({ id: each.key, at: each.due ?? 0, kind: 'term' as const })),
    ].sort((a, b) => a.at - b.at);
    return (
        <ol className="way" aria-label={text.case.timeline}>
            <li className="done">
                <time>{format.date(of.openedAt)}</time>
                <strong>{text.case.opened}</strong>
                <span className="second">{text.case.sources[of.source]}</span>
            </li>
            {points.map((point) => {
                const step = of.steps.find((each) => each.id === point.id);
                const term = running.find((each) => each.key === point.id);
                if (point.kind === 'step' && step !== undefined)
                    return (
                        <li key={point.id} className="done">
                            <time title={format.dateTime(step.at)}>{format.date(step.at)}</time>
                            <strong>{words.step(of.procedure, step.step)}</strong>
                            <span className="second">{step.person.name}</span>
                            {dataWords(step.data).map((line) => (
                                <span key={line} className="second">
                                    {line}
                                </span>
                            ))}
                            {step.origin !== null && (
                                <span className="second status">
                                    <Dot status={step.origin === 'imported' ? 'held' : 'judge'} />
                                    {text.case.importing.origins[step.origin]}
                                </span>
                            )}
                            {step.paper !== null && (
                                <span className="second" lang="zh-CN">
                                    {[step.paper.number, step.paper.date].filter((each) => each !== null).join(' · ')}
                                </span>
                            )}
                            {step.unstated.length > 0 && (
                                <span className="second faint">
                                    {fill(text.case.importing.unstated, { fields: format.list(step.unstated.map(fieldWord)) })}
                                </span>
                            )}
                            {step.note !== null && <span className="second">{step.note}</span>}
                            <span className="second faint">
                                <span lang="zh-CN">{PROCEDURE_TABLES[of.procedure].steps[step.step]?.clause}</span>
                                {Math.abs(step.enteredAt - step.at) > 3_600_000 &&
                                    ` · ${fill(text.case.entered, { at: format.dateTime(step.enteredAt) })}`}
                            </span>
                        </li>
                    );
                return (
                    term !== undefined && (
                        <li key={point.id} className="term" data-state={term.state}>
                            <time>{term.lastDay}</time>
                            <strong className="status">
                                <Dot status={TERM_STATUS[term.state]} />
                                {words.term(term.key)}
                            </strong>
                            <span className="second">{words.termLine(term)}</span>
                        </li>
                    )
                );
            })}
        </ol>
    );
}
