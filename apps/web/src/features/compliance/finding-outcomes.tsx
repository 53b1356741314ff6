import { type Endpoints, fill, type ResponseOf } from '@liuhen/contract';
import { BREACHABLE, dayOf } from '@liuhen/domain';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { clausesOfFinding, useFindingWords } from './finding-words.tsx';
import { OutcomeDrawer, type OutcomeFields } from './outcome-drawer.tsx';

type Finding = ResponseOf<Endpoints['finding.get']>;

/** What followed a confirmed violation, as far as the reader may see it, and the way to register it with what is known. */
export function FindingOutcomes({ finding }: { finding: Finding }) {
    const text = useText();
    const may = useMay();
    const navigate = useNavigate();
    const known = useKnown(finding);
    const [open, setOpen] = useState(false);
    const records = may('outcome.manage') && finding.state === 'stands';
    if (!records && finding.outcomes.length === 0) return null;
    return (
        <Card
            title={text.ruleFinding.outcomes}
            right={
                records && (
                    <Button size="small" className="no-print" onClick={() => setOpen(true)}>
                        {text.ruleFinding.recordOutcome}
                    </Button>
                )
            }
        >
            {finding.outcomes.length === 0 ? (
                <p className="empty-small">{text.ruleFinding.noOutcome}</p>
            ) : (
                <ul className="people">
                    {finding.outcomes.map((each) => (
                        <li key={each.id}>
                            <Link to="/compliance/outcomes/$id" params={{ id: each.id }}>
                                {text.outcome.kinds[each.kind]} {each.decidedDay}
                            </Link>
                        </li>
                    ))}
                </ul>
            )}
            {open && (
                <OutcomeDrawer
                    known={known}
                    onClose={() => setOpen(false)}
                    onDone={(id) => void navigate({ to: '/compliance/outcomes/$id', params: { id } })}
                />
            )}
        </Card>
    );
}

/** What a finding says of its outcome; what was decided about it nobody knows but who enters it. */
function useKnown(finding: Finding): Partial<OutcomeFields> {
    const text = useText();
    const words = useFindingWords();
    const { act, device, unit } = finding;
    const person = finding.person ?? finding.owner;
    const clause = clausesOfFinding(finding).find((id) => BREACHABLE.some((each) => each.id === id));
    return {
        findingId: finding.id,
        ...(act === null ? {} : { actId: act.id }),
        happenedDay: dayOf(act?.startsAt ?? finding.foundAt),
        facts: fill(act === null ? text.ruleFinding.outcomeFactsSubject : text.ruleFinding.outcomeFacts, {
            words: words(finding),
            number: act?.number ?? '',
            name: act === null ? (device?.number ?? unit?.name ?? '') : (act.party ?? act.place),
        }),
        ...(clause === undefined ? {} : { clause }),
        ...(person === null ? {} : { personId: person.id }),
    };
}
