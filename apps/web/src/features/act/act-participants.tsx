import { fill } from '@liuhen/contract';
import { formatTime } from '@liuhen/domain';
import { Link } from '@tanstack/react-router';
import { App, Button, Dropdown, Modal } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { ReasonDialogue } from '../../app/reason-dialogue.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { ParticipantDialogue } from './participant-dialogue.tsx';
import { PresenceDialogue } from './presence-dialogue.tsx';
import type { ActDetail } from './strip-chart-input.ts';
import { instantOfWhen, type When, WhenInput, whenOf } from './when-field.tsx';

type Participant = ActDetail['participants'][number];
type Open = { what: 'presence' | 'certificate' | 'remove'; of: Participant };

/** Who takes part, ours and others: what they are, when they were there, and whether the certificate was shown. */
export function ActParticipants({ act }: { act: ActDetail }) {
    const text = useText();
    const may = useMay();
    const [adding, setAdding] = useState(false);
    const [open, setOpen] = useState<Open>();
    const changeable = (act.state === 'open' || act.state === 'planned') && may('act.manage');
    const close = () => setOpen(undefined);
    return (
        <Card
            title={text.act.participants}
            small={act.participants.length}
            right={
                changeable && (
                    <Button size="small" className="no-print" onClick={() => setAdding(true)}>
                        {text.act.participantAdd}
                    </Button>
                )
            }
        >
            <ul className="people">
                {act.participants.map((each) => (
                    <li key={each.id}>
                        <PersonLines act={act} of={each} />
                        {changeable && <PersonMenu of={each} onChoose={(what) => setOpen({ what, of: each })} />}
                    </li>
                ))}
            </ul>
            {adding && <ParticipantDialogue act={act} onClose={() => setAdding(false)} />}
            {open?.what === 'presence' && <PresenceDialogue act={act} of={open.of} onClose={close} />}
            {open?.what === 'certificate' && <CertificateDialogue act={act} of={open.of} onClose={close} />}
            {open?.what === 'remove' && <RemoveDialogue of={open.of} onClose={close} />}
        </Card>
    );
}

function PersonLines({ act, of }: { act: ActDetail; of: Participant }) {
    const text = useText();
    const words = text.actPart.people;
    const ours = of.person !== null;
    const facts = ours
        ? [of.person?.certificateNumber, of.device?.number ?? text.act.noDevice]
        : [of.agency, of.relation, of.idShown === null ? null : of.idShown ? words.idShown : words.idNotShown];
    const shown =
        of.part === 'officer' && act.state !== 'planned'
            ? of.certificateShownAt === null
                ? words.certificateNot
                : fill(words.certificateShown, { time: formatTime(of.certificateShownAt, 'minute') })
            : null;
    return (
        <span>
            {of.person === null ? (
                of.name
            ) : (
                <Link to="/persons/$id" params={{ id: of.person.id }}>
                    {of.name}
                </Link>
            )}
            <span className="faint">
                {' '}
                {text.act.parts[of.part]}
                {of.part === 'assistant' && ` · ${text.act.assistantNote}`}
            </span>
            <span className="second">{[...facts, shown].filter((each) => each !== null && each !== undefined).join(' · ')}</span>
            <Presence act={act} of={of} />
        </span>
    );
}

/** Said only where it is not "all the time". */
function Presence({ act, of }: { act: ActDetail; of: Participant }) {
    const text = useText();
    const always = act.segments.every((segment) =>
        of.presence.some((stay) => stay.segmentId === segment.id && stay.from === null && stay.to === null),
    );
    if (always) return null;
    const stays = act.segments.flatMap((segment, index) =>
        of.presence
            .filter((stay) => stay.segmentId === segment.id)
            .map(({ from, to }) => {
                const name = fill(text.actPart.segment.number, { number: index + 1 });
                if (from === null && to === null) return name;
                const at = (instant: number) => formatTime(instant, 'minute');
                return `${name} ${at(from ?? segment.startsAt)} – ${at(to ?? segment.endsAt)}`;
            }),
    );
    return <span className="second">{stays.length === 0 ? text.actPart.people.absent : stays.join(' · ')}</span>;
}

function PersonMenu({ of, onChoose }: { of: Participant; onChoose: (what: Open['what']) => void }) {
    const text = useText();
    const items = [
        { key: 'presence', label: text.actPart.people.presence },
        ...(of.part === 'officer' ? [{ key: 'certificate', label: text.actPart.people.showCertificate }] : []),
        { key: 'remove', label: text.act.participantRemove, danger: true },
    ];
    return (
        <Dropdown trigger={['click']} menu={{ items, onClick: ({ key }) => onChoose(key as Open['what']) }}>
            <Button size="small" type="text" className="no-print" aria-label={`${text.actPart.people.more} ${of.name}`}>
                {text.actPart.people.more}
            </Button>
        </Dropdown>
    );
}

/** 附件1 第9条: the certificate is shown, and when is noted. */
function CertificateDialogue({ act, of, onClose }: { act: ActDetail; of: Participant; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [when, setWhen] = useState<When>(() => whenOf(of.certificateShownAt ?? within(act, Date.now())));
    const update = useCommand('act.updateParticipant', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const at = instantOfWhen(when);
    const submit = () => {
        if (at !== undefined) update.mutate({ params: { id: of.id }, body: { certificateShownAt: at, version: of.version } });
    };
    const title = fill(text.actPart.people.certificateTitle, { name: of.name });
    return (
        <Modal
            open
            title={title}
            okText={text.common.save}
            onCancel={onClose}
            onOk={submit}
            okButtonProps={{ disabled: at === undefined || update.isPending }}
        >
            <ErrorNote error={update.error} of="command" onRetry={submit} />
            <WhenInput label={text.actPart.people.showCertificate} value={when} onChange={setWhen} />
        </Modal>
    );
}

const within = ({ startsAt, endsAt }: ActDetail, at: number): number => (at < startsAt || at > endsAt ? startsAt : at);

function RemoveDialogue({ of, onClose }: { of: Participant; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const remove = useCommand('act.removeParticipant', {
        onDone: () => {
            void message.success(text.common.done);
            onClose();
        },
    });
    return (
        <ReasonDialogue
            title={fill(text.act.participantRemoveTitle, { name: of.name })}
            label={text.act.reason}
            error={remove.error}
            busy={remove.isPending}
            onClose={onClose}
            onSubmit={(reason) => remove.mutate({ params: { id: of.id }, body: { reason } })}
        />
    );
}
