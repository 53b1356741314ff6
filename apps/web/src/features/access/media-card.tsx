import { fill } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { App, Button } from 'antd';
import { useState } from 'react';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Dot, Line, Tag } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { MediumCheckDrawer, MediumMoveDrawer } from './medium-check-drawer.tsx';
import { MediumDrawer } from './medium-drawer.tsx';
import { MEDIUM_STATUS, type MediaOf, type Medium } from './medium-words.ts';

/** 附件1 第18条: media on which recordings of an act, a case or a retrieval are kept for long, and what is on none. */
export function MediaCard({ of }: { of: MediaOf }) {
    const may = useMay();
    return may('medium.list') ? <Register of={of} mayManage={may('medium.manage')} /> : null;
}

function Register({ of, mayManage }: { of: MediaOf; mayManage: boolean }) {
    const text = useText();
    const format = useFormat();
    const [entering, setEntering] = useState(false);
    const { data } = useAsk('medium.list', { query: of });
    if (data === undefined) return null;
    const missing = data.recordings.filter(({ evidence, kept }) => evidence && !kept);
    if (data.media.length === 0 && missing.length === 0 && !mayManage) return null;
    return (
        <Card
            title={text.medium.title}
            small={data.media.length}
            right={
                mayManage &&
                data.recordings.length > 0 && (
                    <Button size="small" className="no-print" onClick={() => setEntering(true)}>
                        {text.medium.record}
                    </Button>
                )
            }
        >
            {missing.length > 0 && (
                <p className="body wrap">
                    <Dot status="act" />
                    {fill(text.medium.missing, {
                        count: missing.length,
                        names: format.list(missing.map(({ name }) => name)),
                    })}
                </p>
            )}
            {data.media.length === 0 && <p className="empty-small">{text.medium.empty}</p>}
            <ul className="people">
                {data.media.map((each) => (
                    <li key={each.id}>
                        <OneMedium of={each} mayManage={mayManage && each.withdrawn === null} />
                    </li>
                ))}
            </ul>
            {entering && <MediumDrawer of={of} recordings={data.recordings} onClose={() => setEntering(false)} />}
        </Card>
    );
}

function OneMedium({ of, mayManage }: { of: Medium; mayManage: boolean }) {
    const text = useText();
    const format = useFormat();
    const { message } = App.useApp();
    const [open, setOpen] = useState<'check' | 'move' | 'withdraw' | { checkId: string }>();
    const shut = () => setOpen(undefined);
    const onDone = () => {
        void message.success(text.common.done);
        shut();
    };
    const withdraw = useCommand('medium.withdraw', { onDone });
    const withdrawCheck = useCommand('medium.withdrawCheck', { onDone });
    const takenBack = (by: NonNullable<Medium['withdrawn']>) =>
        fill(text.medium.withdrawnWords, { name: by.by.name, time: format.dateTime(by.at), why: by.why });
    return (
        <div className="wrap">
            <strong>{of.label}</strong>{' '}
            {of.withdrawn === null ? (
                <Tag status={MEDIUM_STATUS[of.standing]}>{text.medium.standings[of.standing]}</Tag>
            ) : (
                <Tag>{text.medium.withdrawn}</Tag>
            )}
            <span className="second">
                <Line
                    of={[
                        text.medium.kinds[of.kind],
                        fill(text.medium.amount, { pieces: of.pieces, copies: of.copies }),
                        fill(text.medium.written, { name: of.writtenBy.name, time: format.dateTime(of.writtenAt) }),
                        fill(text.medium.keptWords, { place: of.keptAt }),
                        of.note,
                    ]}
                />
            </span>
            <span className="second wrap">
                <Line
                    of={[
                        of.retrieval === null ? null : fill(text.medium.packageOf, { number: of.retrieval.number }),
                        ...of.recordings.map(({ id, name }) => (
                            <Link key={id} to="/recordings/$id" params={{ id }}>
                                {name}
                            </Link>
                        )),
                    ]}
                />
            </span>
            {of.withdrawn !== null && <span className="second">{takenBack(of.withdrawn)}</span>}
            {of.checks.map((check) => (
                <span className="second" key={check.id}>
                    <Line
                        of={[
                            fill(text.medium.copyName, { copy: check.copy }),
                            text.medium.results[check.result],
                            check.by.name,
                            format.dateTime(check.at),
                            check.done,
                            check.withdrawn === null ? null : takenBack(check.withdrawn),
                        ]}
                    />
                    {mayManage && check.withdrawn === null && (
                        <Button size="small" type="link" className="no-print" onClick={() => setOpen({ checkId: check.id })}>
                            {text.medium.withdrawCheck}
                        </Button>
                    )}
                </span>
            ))}
            {mayManage && (
                <div className="paper-do no-print">
                    <Button size="small" onClick={() => setOpen('check')}>
                        {text.medium.check}
                    </Button>
                    <Button size="small" onClick={() => setOpen('move')}>
                        {text.medium.move}
                    </Button>
                    <Button size="small" onClick={() => setOpen('withdraw')}>
                        {text.medium.withdraw}
                    </Button>
                </div>
            )}
            {open === 'check' && <MediumCheckDrawer of={of} onClose={shut} />}
            {open === 'move' && <MediumMoveDrawer of={of} onClose={shut} />}
            {open === 'withdraw' && (
                <ReasonDialogue
                    title={text.medium.withdraw}
                    label={text.medium.withdrawReason}
                    error={withdraw.error}
                    busy={withdraw.isPending}
                    onClose={shut}
                    onSubmit={(reason) => withdraw.mutate({ params: { id: of.id }, body: { reason } })}
                />
            )}
            {typeof open === 'object' && (
                <ReasonDialogue
                    title={text.medium.withdrawCheck}
                    label={text.medium.withdrawReason}
                    error={withdrawCheck.error}
                    busy={withdrawCheck.isPending}
                    onClose={shut}
                    onSubmit={(reason) =>
                        withdrawCheck.mutate({ params: { id: of.id, checkId: open.checkId }, body: { reason } })
                    }
                />
            )}
        </div>
    );
}
