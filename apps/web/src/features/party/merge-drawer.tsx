import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { atMost } from '../../app/at-most.ts';
import { ErrorNote } from '../../app/error-note.tsx';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { FieldPartyPick } from '../../app/form-pick.tsx';
import { useText } from '../../app/language.tsx';
import { Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useCommand } from '../../app/use-command.ts';
import { MergePreview } from './merge-parts.tsx';

type Fields = { otherId: string; reason: string };
type Props = { party: { id: string; name: string }; otherId?: string | undefined; onClose: () => void };

/** Proposes to merge this party with another; which of the two stays can be turned round. */
export function MergeDrawer({ party, otherId, onClose }: Props) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const [stays, setStays] = useState(false);
    const other = Form.useWatch('otherId', form) ?? otherId;
    const propose = useCommand('party.proposeMerge', {
        onDone: () => {
            void message.success(text.merge.proposed);
            onClose();
        },
    });
    const [duplicateId, survivorId] = stays ? [other, party.id] : [party.id, other];
    const pair = duplicateId !== undefined && survivorId !== undefined;
    const preview = useAsk(
        'party.previewMerge',
        { params: { id: duplicateId ?? '' }, query: { survivorId: survivorId ?? '' } },
        { enabled: pair },
    );
    return (
        <FormDrawer<Fields>
            title={text.merge.propose}
            form={form}
            of={{ new: otherId === undefined ? {} : { otherId } }}
            error={propose.error}
            busy={propose.isPending}
            onSubmit={({ otherId: chosen, reason }) =>
                propose.mutate({
                    body: {
                        duplicateId: stays ? chosen : party.id,
                        survivorId: stays ? party.id : chosen,
                        reason: reason.trim(),
                    },
                })
            }
            onClose={onClose}
        >
            <Form.Item
                className="wide"
                name="otherId"
                label={text.merge.other}
                rules={[{ required: true, message: text.common.required }]}
            >
                <FieldPartyPick label={text.merge.other} />
            </Form.Item>
            <div className="wide">
                {pair && preview.isPending && <Waiting />}
                {pair && <ErrorNote error={preview.error} of="read" onRetry={() => void preview.refetch()} />}
                {pair && preview.data !== undefined && preview.error === null && (
                    <>
                        <MergePreview preview={preview.data} />
                        <Button style={{ marginBottom: 14 }} onClick={() => setStays(!stays)}>
                            {text.merge.turn}
                        </Button>
                    </>
                )}
            </div>
            <Form.Item
                className="wide"
                name="reason"
                label={text.party.reason}
                extra={text.merge.proposeWhat}
                rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}
