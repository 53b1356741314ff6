import { App, Form, Modal, Select } from 'antd';
import { useState } from 'react';
import { client } from '../../app/client.ts';
import { Intent } from '../../app/command-id.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { useText } from '../../app/language.tsx';
import { ActPick } from '../../app/pick-remote.tsx';
import { type ItemOf, refreshAll, useAsk } from '../../app/query.ts';
import { useReturnFocus } from '../../app/return-focus.ts';

type Recording = Pick<ItemOf<'recording.list'>, 'id' | 'name' | 'officer'>;

/** Files one or several recordings under an act; those already done stay done when a later one is refused. */
export function FileDialogue({ recordings, onClose }: { recordings: readonly Recording[]; onClose: () => void }) {
    useReturnFocus();
    const text = useText();
    const { message } = App.useApp();
    const [actId, setActId] = useState<string>();
    const [as, setAs] = useState<string>();
    const [busy, setBusy] = useState(false);
    const [failed, setFailed] = useState<{ name: string; error: unknown }>();
    const [intents] = useState(() => new Map(recordings.map((each) => [each.id, new Intent()])));
    const [done, setDone] = useState<ReadonlySet<string>>(new Set());
    const act = useAsk('act.get', { params: { id: actId ?? '' } }, { enabled: actId !== undefined });
    const submit = async () => {
        if (actId === undefined) return;
        setBusy(true);
        setFailed(undefined);
        for (const recording of recordings.filter((each) => !done.has(each.id))) {
            const personId = as ?? guessOf(recording, act.data);
            const request = { params: { id: recording.id }, body: { actId, ...(personId === undefined ? {} : { personId }) } };
            const intent = intents.get(recording.id) ?? new Intent();
            try {
                await client.call('recording.file', request, { commandId: intent.idFor(request) });
                intent.settled();
                setDone((before) => new Set(before).add(recording.id));
            } catch (error) {
                intent.settled(error);
                setFailed({ name: recording.name, error });
                setBusy(false);
                void refreshAll();
                return;
            }
        }
        void refreshAll();
        void message.success(text.act.filed);
        onClose();
    };
    return (
        <Modal
            open
            title={text.recording.file}
            onCancel={onClose}
            okText={text.recording.fileDo}
            okButtonProps={{ disabled: actId === undefined || busy }}
            onOk={() => void submit()}
        >
            {failed !== undefined && (
                <>
                    {recordings.length > 1 && <p className="wrap">{failed.name}</p>}
                    <ErrorNote error={failed.error} of="command" onRetry={() => void submit()} />
                </>
            )}
            <Form layout="vertical">
                <Form.Item label={text.recording.fileAct}>
                    <ActPick
                        label={text.recording.fileAct}
                        className="whole"
                        value={actId}
                        onChange={(next) => {
                            setActId(next);
                            setAs(undefined);
                        }}
                    />
                </Form.Item>
                <Form.Item label={text.recording.fileAs}>
                    <Select
                        aria-label={text.recording.fileAs}
                        allowClear
                        disabled={act.data === undefined}
                        placeholder={recordings.length === 1 ? text.common.choose : text.recording.officer}
                        value={as ?? (recordings.length === 1 ? guessOf(recordings[0], act.data) : undefined) ?? null}
                        onChange={(next) => setAs(next ?? undefined)}
                        options={
                            act.data?.participants.flatMap(({ person, part, device }) =>
                                person === null
                                    ? []
                                    : [
                                          {
                                              value: person.id,
                                              label: [person.name, text.act.parts[part], device?.number]
                                                  .filter((each) => each !== undefined)
                                                  .join(' · '),
                                          },
                                      ],
                            ) ?? []
                        }
                    />
                </Form.Item>
            </Form>
        </Modal>
    );
}

const guessOf = (recording: Recording | undefined, act: { participants: { person: { id: string } | null }[] } | undefined) => {
    const officer = recording?.officer?.id;
    return act?.participants.some((each) => each.person?.id === officer) ? officer : undefined;
};
