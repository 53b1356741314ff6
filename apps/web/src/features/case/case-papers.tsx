import { documentTypeFacts } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Dot, type Status, Tag } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { DOCUMENT_STATUS } from '../document/document-status.ts';
import { useBeginDocument } from '../document/use-begin-document.ts';
import { type CaseDetail, useCaseWords } from './case-words.ts';

type Paper = CaseDetail['papers'][number];

const STANDING: Readonly<Record<Paper['standing'], Status | undefined>> = {
    held: 'held',
    begun: 'act',
    elsewhere: 'held',
    missing: 'act',
    later: undefined,
};

type Props = { of: CaseDetail; links: { caseId: string; partyId?: string } };

/** What each step needs on paper: made, how far it has come, or missing. */
export function CasePapers({ of, links }: Props) {
    const text = useText();
    const words = useCaseWords();
    const may = useMay();
    const { begin, busy, error } = useBeginDocument(links);
    const held = of.papers.filter(({ standing }) => standing === 'held').length;
    /** The step is named once for all of its papers. */
    const isSame = (at: number) => of.papers[at - 1]?.step === of.papers[at]?.step;
    const writes = may('document.write') && of.endedAt === null;
    return (
        <Card title={text.case.papers} small={of.papers.length === 0 ? undefined : `${held} / ${of.papers.length}`}>
            {of.papers.length === 0 && <p className="empty-small">{text.case.papersEmpty}</p>}
            {error !== null && error !== undefined && (
                <div className="body">
                    <ErrorNote error={error} of="command" />
                </div>
            )}
            {of.papers.length > 0 && (
                <div className="scroll-x">
                    <table className="plain papers">
                        <thead>
                            <tr>
                                <th scope="col">{text.case.paperStep}</th>
                                <th scope="col">{text.case.paperWanted}</th>
                                <th scope="col">{text.case.paperThere}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {of.papers.map((paper, at) => (
                                <tr
                                    key={`${paper.step} ${paper.types.join()}`}
                                    className={`${paper.standing === 'later' ? 'faint' : ''}${isSame(at) ? ' same' : ''}`}
                                >
                                    <th scope="row">
                                        <span className={isSame(at) ? 'hidden-visually' : undefined}>
                                            {words.step(of.procedure, paper.step)}
                                        </span>
                                    </th>
                                    <td>
                                        <span lang="zh-CN">{namesOf(paper).join(text.case.paperOr)}</span>
                                        <span className="second">{text.case.paperLevels[paper.level]}</span>
                                    </td>
                                    <td>
                                        <There of={of} paper={paper} />
                                        {writes && paper.standing === 'missing' && (
                                            <span className="write">
                                                {paper.types.map((type) => (
                                                    <Button
                                                        key={type}
                                                        size="small"
                                                        disabled={busy}
                                                        aria-label={`${text.case.paperWrite} ${documentTypeFacts(type).zh}`}
                                                        onClick={() => begin(type)}
                                                    >
                                                        {paper.types.length === 1
                                                            ? text.case.paperWrite
                                                            : documentTypeFacts(type).zh}
                                                    </Button>
                                                ))}
                                            </span>
                                        )}
                                    </td>
                                </tr>
                            ))}
                        </tbody>
                    </table>
                </div>
            )}
        </Card>
    );
}

const namesOf = ({ types }: Paper): string[] => types.map((type) => documentTypeFacts(type).zh);

/** The documents there are, the one that counts first; or that there is none. */
function There({ of, paper }: { of: CaseDetail; paper: Paper }) {
    const text = useText();
    const status = STANDING[paper.standing];
    const there = paper.documents.flatMap((id) => of.documents.find((each) => each.id === id) ?? []);
    return (
        <>
            {there.length === 0 && (
                <span className="status">
                    {status !== undefined && <Dot status={status} />}
                    {text.case.paperStandings[paper.standing]}
                </span>
            )}
            {there.map((each, at) => (
                <span key={each.id} className="there">
                    {at === 0 && status !== undefined && <Dot status={status} />}
                    <Link to="/documents/$id" params={{ id: each.id }} lang="zh-CN">
                        {each.number ?? (each.title === '' ? documentTypeFacts(each.type).zh : each.title)}
                    </Link>{' '}
                    <Tag status={DOCUMENT_STATUS[each.state]}>{text.document.states[each.state]}</Tag>
                </span>
            ))}
        </>
    );
}
