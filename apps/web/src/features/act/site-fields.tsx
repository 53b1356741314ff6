import { SITE_KINDS, type SiteKind } from '@liuhen/domain';
import { Form, Input, Select } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { useText } from '../../app/language.tsx';
import { useAsk } from '../../app/query.ts';

/** What kind of site, and for a recording room which one, or why a worn recorder stands in (正文二(二)3). */
export function SiteFields({ kind }: { kind: SiteKind | undefined }) {
    const text = useText();
    return (
        <>
            <Form.Item name="siteKind" label={text.actPart.segment.site}>
                <Select options={SITE_KINDS.map((each) => ({ value: each, label: text.actPart.segment.sites[each] }))} />
            </Form.Item>
            {kind === 'room' && <RoomFields />}
        </>
    );
}

export function RoomFields() {
    const text = useText();
    const rooms = useAsk('device.list', { query: { kind: 'roomCamera', limit: 200 } });
    return (
        <>
            <Form.Item name="roomDeviceId" label={text.actPart.segment.room}>
                <Select
                    allowClear
                    placeholder={text.actPart.segment.roomNone}
                    options={(rooms.data?.items ?? []).map((each) => ({
                        value: each.id,
                        label: [each.room, each.number].filter((part) => part !== null).join(' · '),
                    }))}
                />
            </Form.Item>
            <Form.Item
                className="wide"
                name="substituteReason"
                label={`${text.actPart.segment.substitute}${text.common.optional}`}
                extra={text.actPart.segment.substituteHint}
                rules={[atMost(text, 200)]}
            >
                <Input />
            </Form.Item>
        </>
    );
}
