import { fill } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot, type Status } from '../../app/page.tsx';
import { MomentLink } from '../recording/moment-link.tsx';
import type { FindingItem } from './finding-words.tsx';

type Answer = FindingItem['answers'][number];

const ANSWER_STATUS: Record<Answer['state'], Status> = { waiting: 'judge', accepted: 'held', refused: 'act', withdrawn: 'judge' };

/** What was answered and what came of it, in order of time. */
export function FindingAnswers({ finding, actId }: { finding: FindingItem; actId: Id | null }) {
    const { answers, from, to } = finding;
    const text = useText();
    const format = useFormat();
    if (answers.length === 0) return <p className="empty-small">{text.ruleFinding.noAnswers}</p>;
    return (
        <ul className="people">
            {answers.map((each) => (
                <li key={each.id}>
                    <span className="wrap">
                        <strong>{text.ruleFinding.kinds[each.kind]}</strong> {each.statedBy.name}{' '}
                        <span className="faint">{format.dateTime(each.statedAt)}</span>
                        <span className="second" style={{ whiteSpace: 'pre-line' }}>
                            {each.words}
                        </span>
                        {each.from !== null && each.to !== null && (each.from !== from || each.to !== to) && (
                            <span className="second">
                                {fill(text.ruleFinding.saidOf, { period: format.period(each.from, each.to, 'second') })}
                            </span>
                        )}
                        {each.moment !== null && actId !== null && (
                            <span className="second">
                                {text.ruleFinding.spokenAt}{' '}
                                <MomentLink actId={actId} fileName={each.moment.fileName} moment={each.moment} />
                            </span>
                        )}
                        <span className="second">
                            <Dot status={ANSWER_STATUS[each.state]} />
                            {[
                                text.ruleFinding.answerStates[each.state],
                                each.decidedBy?.name,
                                each.decidedAt === null ? null : format.dateTime(each.decidedAt),
                                each.decision,
                            ]
                                .filter((part) => typeof part === 'string')
                                .join(' · ')}
                        </span>
                    </span>
                </li>
            ))}
        </ul>
    );
}
