import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Dot, type Status } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';

export type Proposal = NonNullable<ResponseOf<Endpoints['recording.get']>['proposal']>;
type Candidate = Proposal['candidates'][number];
type Kept = ResponseOf<Endpoints['recording.proposals']>['kept'][number];

export const LEVEL_STATUS: Readonly<Record<Proposal['level'], Status>> = {
    sure: 'held',
    likely: 'judge',
    question: 'act',
    noAct: 'judge',
    noTime: 'judge',
    noHolder: 'judge',
};

/** What is proposed for a recording, why, what speaks against it, and the one press that answers it. */
export function ProposalView({
    recordingId,
    proposal,
    kept,
}: {
    recordingId: string;
    proposal: Proposal;
    kept?: Kept | undefined;
}) {
    const text = useText();
    const { message } = App.useApp();
    const file = useCommand('recording.file', { onDone: () => void message.success(text.filing.done) });
    return (
        <div className="proposal">
            <p>
                <Dot status={LEVEL_STATUS[proposal.level]} /> <strong>{text.filing.levels[proposal.level]}</strong>
                <span className="second">{text.filing.levelWhat[proposal.level]}</span>
                {proposal.outcome === 'undone' && <span className="second">{text.filing.undone}</span>}
                {proposal.outcome === 'takenOut' && <span className="second">{text.filing.takenOut}</span>}
            </p>
            {proposal.conflicts.map((conflict) => (
                <p key={conflict} className="proposal-conflict">
                    {text.filing.conflicts[conflict]}
                </p>
            ))}
            <ErrorNote error={file.error} of="command" />
            <ul>
                {proposal.candidates.map((candidate) => (
                    <CandidateLine
                        key={candidate.act.id}
                        candidate={candidate}
                        busy={file.isPending}
                        onFile={() => file.mutate({ params: { id: recordingId }, body: bodyFor(candidate) })}
                    />
                ))}
            </ul>
            {kept !== undefined && <KeptLine kept={kept} />}
        </div>
    );
}

export const bodyFor = ({ act, person }: Candidate) => ({
    actId: act.id,
    ...(person === null ? {} : { personId: person.id }),
});

function CandidateLine({ candidate, busy, onFile }: { candidate: Candidate; busy: boolean; onFile: () => void }) {
    const text = useText();
    const format = useFormat();
    const may = useMay();
    const { act, person, reasons, overlapMs, apartMs } = candidate;
    const times = { overlap: format.duration(overlapMs, 2), apart: format.duration(Math.max(apartMs, 1_000), 2) };
    return (
        <li>
            <div>
                <Link to="/acts/$id" params={{ id: act.id }}>
                    {act.party ?? act.place}
                </Link>
                <span className="second">
                    {[
                        act.number,
                        format.period(act.startsAt, act.endsAt),
                        ...(person === null ? [] : [fill(text.filing.officer, { name: person.name })]),
                    ].join(' · ')}
                </span>
                <span className="second">{reasons.map((reason) => fill(text.filing.reasons[reason], times)).join(' · ')}</span>
            </div>
            {may('recording.file') && (
                <Button onClick={onFile} disabled={busy}>
                    {text.filing.accept}
                </Button>
            )}
        </li>
    );
}

/** What a level is worth is counted, not claimed. */
function KeptLine({ kept }: { kept: Kept }) {
    const text = useText();
    const format = useFormat();
    const counts = { decided: format.count(kept.decided), kept: format.count(kept.kept) };
    return <p className="second">{kept.decided === 0 ? text.filing.noneDecided : fill(text.filing.kept, counts)}</p>;
}
