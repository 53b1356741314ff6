import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { App, Button, Form, Input } from 'antd';
import { useState } from 'react';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { useMay } from '../../app/session.ts';
import { useCommand } from '../../app/use-command.ts';
import { degreesE7, degreesText } from './degrees.ts';

type Party = ResponseOf<Endpoints['party.get']>;
type Fields = { name: string; address: string; latitude?: string; longitude?: string };

export function PremisesCard({ party }: { party: Party }) {
    const text = useText();
    const may = useMay();
    const [adding, setAdding] = useState(false);
    return (
        <Card
            title={text.party.premises}
            small={party.premises.length}
            right={
                may('party.manage') && (
                    <Button size="small" onClick={() => setAdding(true)}>
                        {text.party.premisesAdd}
                    </Button>
                )
            }
        >
            {party.premises.length === 0 && <p className="empty-small">{text.party.premisesEmpty}</p>}
            <ul className="people">
                {party.premises.map((premises) => (
                    <li key={premises.id}>
                        <span>
                            {premises.name}
                            <span className="second">
                                {premises.address}
                                {premises.latitudeE7 !== null && premises.longitudeE7 !== null && (
                                    <span className="mono faint">
                                        {' '}
                                        {degreesText(premises.latitudeE7)}, {degreesText(premises.longitudeE7)}
                                    </span>
                                )}
                            </span>
                        </span>
                    </li>
                ))}
            </ul>
            {adding && <PremisesDrawer party={party} onClose={() => setAdding(false)} />}
        </Card>
    );
}

function PremisesDrawer({ party, onClose }: { party: Party; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const add = useCommand('party.addPremises', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const submit = ({ name, address, latitude = '', longitude = '' }: Fields) => {
        const latitudeE7 = degreesE7(latitude, 90);
        const longitudeE7 = degreesE7(longitude, 180);
        const position = {
            ...(latitudeE7 === undefined ? {} : { latitudeE7 }),
            ...(longitudeE7 === undefined ? {} : { longitudeE7 }),
        };
        add.mutate({ params: { id: party.id }, body: { name, address, ...position } });
    };
    const degrees = (limit: 90 | 180) => ({
        validator: (_: unknown, value: string | undefined) =>
            value === undefined || value.trim() === '' || degreesE7(value, limit) !== undefined
                ? Promise.resolve()
                : Promise.reject(new Error(text.party.positionBad)),
    });
    const required = { required: true, whitespace: true, message: text.common.required };
    return (
        <FormDrawer<Fields>
            title={text.party.premisesAdd}
            form={form}
            of={{ new: { address: party.address ?? '' } }}
            error={add.error}
            busy={add.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            <Form.Item className="wide" name="name" label={text.party.premisesName} rules={[required]}>
                <Input maxLength={80} autoFocus autoComplete="off" />
            </Form.Item>
            <Form.Item className="wide" name="address" label={text.party.address} rules={[required]}>
                <Input maxLength={200} autoComplete="off" />
            </Form.Item>
            <Form.Item name="latitude" label={text.party.latitude} extra={text.party.positionHint} rules={[degrees(90)]}>
                <Input inputMode="decimal" maxLength={14} autoComplete="off" />
            </Form.Item>
            <Form.Item name="longitude" label={text.party.longitude} rules={[degrees(180)]}>
                <Input inputMode="decimal" maxLength={14} autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}
