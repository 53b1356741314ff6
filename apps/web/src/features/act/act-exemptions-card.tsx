import { fill } from '@liuhen/contract';
import { App, Button, Modal, Select } from 'antd';
import { type ReactNode, useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, type Status } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay, useMe } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { ExemptionDialogue } from './exemption-dialogue.tsx';
import type { ActDetail } from './strip-chart-input.ts';

type Exemption = ActDetail['exemptions'][number];
const STATUS: Record<Exemption['state'], Status> = { waiting: 'judge', confirmed: 'held', refused: 'judge', withdrawn: 'judge' };

/** Why nothing was recorded somewhere for a while, who said so and who confirmed it (附件1 第11、13条). */
export function ActExemptions({ act }: { act: ActDetail }) {
    const text = useText();
    const may = useMay();
    const [adding, setAdding] = useState(false);
    const open = act.state === 'open' && may('act.manage');
    if (act.exemptions.length === 0 && !open) return null;
    return (
        <Card
            title={text.actPart.exemption.title}
            small={act.exemptions.length === 0 ? undefined : act.exemptions.length}
            right={
                open && (
                    <Button size="small" className="no-print" onClick={() => setAdding(true)}>
                        {text.actPart.exemption.add}
                    </Button>
                )
            }
        >
            {act.exemptions.length === 0 && <p className="empty-small">{text.actPart.exemption.empty}</p>}
            <ul className="people">
                {act.exemptions.map((each) => (
                    <li key={each.id} className="place">
                        <ExemptionLines act={act} of={each} />
                        <ExemptionActions act={act} of={each} />
                    </li>
                ))}
            </ul>
            {adding && <ExemptionDialogue act={act} onClose={() => setAdding(false)} />}
        </Card>
    );
}

function ExemptionLines({ act, of }: { act: ActDetail; of: Exemption }) {
    const text = useText();
    const format = useFormat();
    const words = text.actPart.exemption;
    const number = act.segments.findIndex((each) => each.id === of.segmentId) + 1;
    const gone = of.state === 'refused' || of.state === 'withdrawn';
    const decided =
        of.decidedBy === null ? null : fill(words.decidedBy, { name: of.decidedBy.name, state: words.states[of.state] });
    return (
        <span className={gone ? 'faint' : undefined}>
            <strong>{of.ground}</strong>
            {of.words !== null && ` · ${of.words}`}
            <span className="second">
                {[
                    number > 0 ? fill(text.actPart.segment.number, { number }) : null,
                    format.period(of.startsAt, of.endsAt),
                    of.person?.name ?? words.everybody,
                ]
                    .filter((each) => each !== null)
                    .join(' · ')}
            </span>
            <span className="second status">
                <Dot status={STATUS[of.state]} />
                <span>
                    {[fill(words.recordedBy, { name: of.recordedBy.name }), decided ?? words.states[of.state], of.decision]
                        .filter((each) => each !== null)
                        .join(' · ')}
                </span>
            </span>
            {of.kind === 'forceMajeure' && !gone && (
                <span className="second status">
                    <Dot status={of.noteDone ? 'held' : 'act'} />
                    <span>{of.noteDone ? words.noteDone : of.documentId === null ? words.noteMissing : words.noteDraft}</span>
                </span>
            )}
        </span>
    );
}

function ExemptionActions({ act, of }: { act: ActDetail; of: Exemption }): ReactNode {
    const text = useText();
    const may = useMay();
    const me = useMe();
    const words = text.actPart.exemption;
    const { message } = App.useApp();
    const [asking, setAsking] = useState<'refuse' | 'withdraw' | 'attach'>();
    const onDone = () => {
        void message.success(words.settled);
        setAsking(undefined);
    };
    const decide = useCommand('act.decideExemption', { onDone });
    const withdraw = useCommand('act.withdrawExemption', { onDone });
    const params = { id: of.id };
    const there = act.participants.some((each) => each.person?.id === me.person.id);
    const waiting = of.state === 'waiting' && may('act.confirm') && of.recordedBy.id !== me.person.id && !there;
    const mine = act.state === 'open' && may('act.manage') && (of.state === 'waiting' || of.state === 'confirmed');
    const confirm = () => decide.mutate({ params, body: { as: 'confirmed' } });
    return (
        <span className="steps no-print">
            {waiting && asking === undefined && <ErrorNote error={decide.error} of="command" onRetry={confirm} />}
            {waiting && (
                <>
                    <Button size="small" type="primary" onClick={confirm} disabled={decide.isPending}>
                        {words.confirm}
                    </Button>
                    <Button size="small" type="text" onClick={() => setAsking('refuse')}>
                        {words.refuse}
                    </Button>
                </>
            )}
            {mine && of.kind === 'forceMajeure' && of.documentId === null && (
                <Button size="small" onClick={() => setAsking('attach')}>
                    {words.attach}
                </Button>
            )}
            {mine && (
                <Button size="small" type="text" onClick={() => setAsking('withdraw')}>
                    {words.withdraw}
                </Button>
            )}
            {asking === 'attach' && <AttachDialogue act={act} of={of} onClose={() => setAsking(undefined)} />}
            {(asking === 'refuse' || asking === 'withdraw') && (
                <ReasonDialogue
                    title={asking === 'refuse' ? words.refuseTitle : words.withdrawTitle}
                    label={words.reason}
                    error={asking === 'refuse' ? decide.error : withdraw.error}
                    busy={decide.isPending || withdraw.isPending}
                    onClose={() => setAsking(undefined)}
                    onSubmit={(reason) =>
                        asking === 'refuse'
                            ? decide.mutate({ params, body: { as: 'refused', words: reason } })
                            : withdraw.mutate({ params, body: { reason } })
                    }
                />
            )}
        </span>
    );
}

/** 附件1 第13条: the written work record is one of the act's own documents. */
function AttachDialogue({ act, of, onClose }: { act: ActDetail; of: Exemption; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const words = text.actPart.exemption;
    const found = useAsk('document.list', { query: { actId: act.id, type: 'unrecordedWorkRecord', limit: 50 } });
    const [documentId, setDocumentId] = useState<string>();
    const attach = useCommand('act.attachNote', { onDone: onClose });
    const offered = found.data?.items ?? [];
    const submit = () => {
        if (documentId !== undefined) attach.mutate({ params: { id: of.id }, body: { documentId } });
    };
    return (
        <Modal
            open
            title={words.attachTitle}
            okText={words.attach}
            onCancel={onClose}
            onOk={submit}
            okButtonProps={{ disabled: documentId === undefined || attach.isPending }}
        >
            <ErrorNote error={attach.error ?? found.error} of="command" onRetry={submit} />
            {found.data !== undefined && offered.length === 0 ? (
                <p className="soft">{words.attachNone}</p>
            ) : (
                <Select
                    className="whole"
                    aria-label={words.attachTitle}
                    placeholder={text.common.choose}
                    value={documentId ?? null}
                    onChange={(next) => setDocumentId(next ?? undefined)}
                    options={offered.map((each) => ({
                        value: each.id,
                        label: [each.title, each.number, text.document.states[each.state]]
                            .filter((part) => part !== null)
                            .join(' · '),
                    }))}
                />
            )}
        </Modal>
    );
}
