import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { findingStatus, useFindingState, useFindingWords, VERDICT_STATUS } from './finding-words.tsx';

const READ_AGAIN_MS = 5_000;

type Files = readonly { readonly id: Id; readonly name: string }[];

/** How an act stands by each demand, as last judged, and what was found: the open ones first. `files`: its recordings. */
export function ActFindings({ actId, files }: { actId: Id; files: Files }) {
    const text = useText();
    const stateOf = useFindingState();
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
            right={
                judgement !== null &&
                may('ledger.view') && (
                    <Link to="/log" search={{ objectId: judgement.id }}>
                        {fill(text.ruleFinding.judgedTimes, { count: format.count(judgement.count) })}
                    </Link>
                )
            }
        >
            {isPending && <Waiting />}
            {data === undefined && !isPending && <ErrorNote error={error} of="read" onRetry={() => void refetch()} />}
            {data !== undefined && judgement === null && <p className="empty-small">{text.ruleFinding.notJudged}</p>}
            {data !== undefined && data.findings.length === 0 && judgement !== null && (
                <p className="empty-small">{text.ruleFinding.nothingFound}</p>
            )}
            {data !== undefined && data.findings.length > 0 && (
                <ul className="people">
                    {data.findings.map((each) => (
                        <li key={each.id}>
                            <span className="wrap">
                                <Dot status={findingStatus(each)} />
                                <Link to="/compliance/findings/$id" params={{ id: each.id }}>
                                    {words(each)}
                                </Link>
                                <span className="second">
                                    {[
                                        each.person?.name,
                                        stateOf(each),
                                        each.goneSince !== null && text.ruleFinding.overtaken,
                                        each.modal === 'should' && text.ruleFinding.wanted,
                                    ]
                                        .filter((part) => typeof part === 'string')
                                        .join(' · ')}
                                </span>
                            </span>
                        </li>
                    ))}
                </ul>
            )}
            {judgement !== null && <Verdicts of={judgement.verdicts} files={files} />}
        </Card>
    );
}

type Judged = NonNullable<ResponseOf<Endpoints['finding.ofAct']>['judgement']>['verdicts'];

/** Each demand that applies, in the order in which a reviewer reads, with what it waits for. */
function Verdicts({ of, files }: { of: Judged; files: Files }) {
    const text = useText();
    return (
        <ul className="people">
            {of
                .filter((each) => each.verdict !== 'notApplicable')
                .map((each) => {
                    // What is only wanted is nothing that anybody broke.
                    const isWanted = each.modal === 'should' && each.verdict === 'fail';
                    const status = isWanted ? 'judge' : VERDICT_STATUS[each.verdict];
                    const why = [
                        ...each.missing.map((fact) => text.ruleFinding.missing[fact]),
                        ...(isWanted ? [text.ruleFinding.wanted] : []),
                        ...(each.counts ? [] : [text.ruleFinding.notCounted]),
                    ];
                    return (
                        <li key={each.rule}>
                            <span className="wrap">
                                {status !== undefined && <Dot status={status} />}
                                {text.ruleFinding.rules[each.rule]}{' '}
                                <span className="faint">{text.ruleFinding.verdicts[each.verdict]}</span>
                                {why.length > 0 && <span className="second">{why.join(' · ')}</span>}
                                {files
                                    .filter((file) => each.missingOf?.includes(file.id))
                                    .map((file) => (
                                        <span key={file.id} className="second">
                                            <Link to="/recordings/$id" params={{ id: file.id }}>
                                                {file.name}
                                            </Link>
                                        </span>
                                    ))}
                            </span>
                        </li>
                    );
                })}
        </ul>
    );
}
