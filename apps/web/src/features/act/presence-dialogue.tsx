import { fill } from '@liuhen/contract';
import { App, Checkbox, Modal } from 'antd';
import { useState } from 'react';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { useReturnFocus } from '../../app/return-focus.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useCommand } from '../../app/use-command.ts';
import type { ActDetail } from './strip-chart-input.ts';
import { instantOfWhen, type When, WhenInput, whenOf } from './when-field.tsx';

type Participant = ActDetail['participants'][number];
type Stay = { segmentId: string; there: boolean; from: When; to: When; startsAt: number; endsAt: number };

/** In which segments somebody was present, and from when to when (附件1 第5条: only while present does an officer count). */
export function PresenceDialogue({ act, of, onClose }: { act: ActDetail; of: Participant; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const words = text.actPart.people;
    const [stays, setStays] = useState(() => staysOf(act, of));
    const state = useCommand('act.statePresence', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const change = (segmentId: string, next: Partial<Stay>) =>
        setStays(stays.map((each) => (each.segmentId === segmentId ? { ...each, ...next } : each)));
    const whole = stays.every(
        ({ there, from, to }) => !there || (instantOfWhen(from) !== undefined && instantOfWhen(to) !== undefined),
    );
    const submit = () => state.mutate({ params: { id: of.id }, body: { presence: stays.flatMap(presenceOf) } });
    return (
        <Modal
            open
            title={fill(words.presenceTitle, { name: of.name })}
            okText={text.common.save}
            onCancel={onClose}
            onOk={submit}
            okButtonProps={{ disabled: !whole || state.isPending }}
        >
            <p className="soft">{words.presenceWhat}</p>
            <ErrorNote error={state.error} of="command" onRetry={submit} />
            {act.segments.map((segment, index) => {
                const stay = stays.find((each) => each.segmentId === segment.id);
                if (stay === undefined) return null;
                const name = fill(text.actPart.segment.number, { number: index + 1 });
                return (
                    <fieldset key={segment.id} className="stay">
                        <Checkbox checked={stay.there} onChange={({ target }) => change(segment.id, { there: target.checked })}>
                            {`${name} ${scenarioWords(text, segment.scenario)} · ${segment.place}`}
                        </Checkbox>
                        {stay.there && (
                            <>
                                <WhenInput
                                    label={`${name} ${words.from}`}
                                    value={stay.from}
                                    onChange={(from) => change(segment.id, { from })}
                                />
                                <WhenInput
                                    label={`${name} ${words.to}`}
                                    value={stay.to}
                                    onChange={(to) => change(segment.id, { to })}
                                />
                            </>
                        )}
                    </fieldset>
                );
            })}
        </Modal>
    );
}

/** Somebody who left and came back has several stays in one segment; here they are said as from the first to the last. */
const staysOf = (act: ActDetail, of: Participant): Stay[] =>
    act.segments.map(({ id: segmentId, startsAt, endsAt }) => {
        const own = of.presence.filter((each) => each.segmentId === segmentId);
        const from = Math.min(...own.map((each) => each.from ?? startsAt), endsAt);
        const to = Math.max(...own.map((each) => each.to ?? endsAt), startsAt);
        const there = own.length > 0;
        return { segmentId, there, from: whenOf(there ? from : startsAt), to: whenOf(there ? to : endsAt), startsAt, endsAt };
    });

/** The segment's own beginning and end are said as such, so that they follow when it is changed. */
function presenceOf({ segmentId, there, from, to, startsAt, endsAt }: Stay) {
    if (!there) return [];
    const [start, end] = [instantOfWhen(from), instantOfWhen(to)];
    const same = (at: number | undefined, edge: number) => at === undefined || at === Math.floor(edge / 60_000) * 60_000;
    return [{ segmentId, from: same(start, startsAt) ? null : (start ?? null), to: same(end, endsAt) ? null : (end ?? null) }];
}
