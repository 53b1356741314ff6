import { fill } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { FINDING_STATUS, useFindingWords, VERDICT_STATUS } from './finding-words.tsx';

const READ_AGAIN_MS = 5_000;

/** How an act stands by each demand, as last judged, and what was found: the open ones first. */
export function ActFindings({ actId }: { actId: Id }) {
    const text = useText();
    const format = useFormat();
    const words = useFindingWords();
    const may = useMay();
    const { data, error, isPending, refetch } = useAsk(
        'finding.ofAct',
        { params: { id: actId } },
        { refetchInterval: READ_AGAIN_MS, enabled: may('finding.list') },
    );
    if (!may('finding.list')) return null;
    const judgement = data?.judgement ?? null;
    return (
        <Card
            title={text.ruleFinding.card}
            {...(judgement === null
                ? {}
                : { small: fill(text.ruleFinding.cardSub, { at: format.dateTime(judgement.judgedAt) }) })}
        >
            {isPending && <Waiting />}
            {data === undefined && !isPending && <ErrorNote error={error} of="read" onRetry={() => void refetch()} />}
            {data !== undefined && judgement === null && <p className="empty-small">{text.ruleFinding.notJudged}</p>}
            {data !== undefined && data.findings.length === 0 && judgement !== null && (
                <p className="empty-small">{text.ruleFinding.nothingFound}</p>
            )}
            {data !== undefined && data.findings.length > 0 && (
                <ul className="rows">
                    {data.findings.map((each) => (
                        <li key={each.id}>
                            <Dot status={FINDING_STATUS[each.state]} />{' '}
                            <Link to="/compliance/findings/$id" params={{ id: each.id }}>
                                {words(each)}
                            </Link>
                            <span className="second">
                                {[
                                    each.person?.name,
                                    text.ruleFinding.states[each.state],
                                    each.modal === 'should' && text.ruleFinding.wanted,
                                ]
                                    .filter((part) => typeof part === 'string')
                                    .join(' · ')}
                            </span>
                        </li>
                    ))}
                </ul>
            )}
            {judgement !== null && (
                <ul className="rows">
                    {judgement.verdicts
                        .filter((each) => each.verdict !== 'notApplicable')
                        .map((each) => {
                            const status = VERDICT_STATUS[each.verdict];
                            return (
                                <li key={each.rule}>
                                    {status !== undefined && (
                                        <Dot status={each.modal === 'should' && status === 'broken' ? 'judge' : status} />
                                    )}{' '}
                                    {text.ruleFinding.rules[each.rule]}{' '}
                                    <span className="faint">{text.ruleFinding.verdicts[each.verdict]}</span>
                                    <span className="second">
                                        {[
                                            ...each.missing.map((fact) => text.ruleFinding.missing[fact]),
                                            ...(each.modal === 'should' && each.verdict === 'fail'
                                                ? [text.ruleFinding.wanted]
                                                : []),
                                            ...(each.counts ? [] : [text.ruleFinding.notCounted]),
                                        ].join(' · ')}
                                    </span>
                                </li>
                            );
                        })}
                </ul>
            )}
        </Card>
    );
}
