import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { App, Form, Input } from 'antd';
import { atMost } from '../../app/at-most.ts';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import type { Known } from '../../app/merge-edits.ts';
import { omitEmpty } from '../../app/omit-empty.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Texts } from '../../text/index.ts';
import { degreesE7, degreesInput } from './degrees.ts';

type Party = ResponseOf<Endpoints['party.get']>;
export type Premises = Party['premises'][number];
export type Site = Premises['sites'][number];
type Fields = { name: string; address: string; latitude?: string; longitude?: string };

export function PremisesDrawer({ party, premises, onClose }: { party: Party; premises?: Premises; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<Fields>();
    const onDone = () => {
        void message.success(text.common.saved);
        onClose();
    };
    const add = useCommand('party.addPremises', { onDone });
    const change = useCommand('party.updatePremises', { onDone });
    const submit = ({ name, address, latitude = '', longitude = '' }: Fields, version: number | undefined) => {
        const position = omitEmpty({ latitudeE7: degreesE7(latitude, 90), longitudeE7: degreesE7(longitude, 180) });
        const body = { name, address, ...position };
        if (premises === undefined || version === undefined) add.mutate({ params: { id: party.id }, body });
        else change.mutate({ params: { id: premises.id }, body: { ...body, version } });
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
            title={premises === undefined ? text.party.premisesAdd : text.party.premisesEdit}
            form={form}
            of={premises === undefined ? { new: { address: party.address ?? '' } } : { known: knownPremises(premises, text) }}
            error={add.error ?? change.error}
            busy={add.isPending || change.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            <Form.Item className="wide" name="name" label={text.party.premisesName} rules={[required, atMost(text, 80)]}>
                <Input autoFocus autoComplete="off" />
            </Form.Item>
            <Form.Item className="wide" name="address" label={text.party.address} rules={[required, atMost(text, 200)]}>
                <Input autoComplete="off" />
            </Form.Item>
            <Form.Item
                name="latitude"
                label={text.party.latitude}
                extra={text.party.positionHint}
                rules={[degrees(90), atMost(text, 14)]}
            >
                <Input inputMode="decimal" autoComplete="off" />
            </Form.Item>
            <Form.Item name="longitude" label={text.party.longitude} rules={[degrees(180), atMost(text, 14)]}>
                <Input inputMode="decimal" autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}

const knownPremises = ({ id, version, name, address, latitudeE7, longitudeE7 }: Premises, text: Texts): Known<Fields> => {
    const latitude = latitudeE7 === null ? '' : degreesInput(latitudeE7);
    const longitude = longitudeE7 === null ? '' : degreesInput(longitudeE7);
    return {
        id,
        version,
        fields: { name, address, latitude, longitude },
        words: [
            { name: 'name', label: text.party.premisesName, value: name },
            { name: 'address', label: text.party.address, value: address },
            { name: 'latitude', label: text.party.latitude, value: latitude },
            { name: 'longitude', label: text.party.longitude, value: longitude },
        ],
    };
};

type SiteFields = { name: string; note?: string };

/** 附件1 第5条: a place inside premises that is recorded on its own. */
export function SiteDrawer({ premises, site, onClose }: { premises: Premises; site?: Site; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<SiteFields>();
    const onDone = () => {
        void message.success(text.common.saved);
        onClose();
    };
    const add = useCommand('party.addSite', { onDone });
    const change = useCommand('party.updateSite', { onDone });
    const submit = ({ name, note }: SiteFields, version: number | undefined) => {
        const body = { name, ...omitEmpty({ note }) };
        if (site === undefined || version === undefined) add.mutate({ params: { id: premises.id }, body });
        else change.mutate({ params: { id: site.id }, body: { ...body, version } });
    };
    return (
        <FormDrawer<SiteFields>
            title={`${site === undefined ? text.party.siteAdd : text.party.siteEdit} · ${premises.name}`}
            form={form}
            of={site === undefined ? { new: {} } : { known: knownSite(site, text) }}
            error={add.error ?? change.error}
            busy={add.isPending || change.isPending}
            onSubmit={submit}
            onClose={onClose}
        >
            <Form.Item
                className="wide"
                name="name"
                label={text.party.siteName}
                extra={text.party.siteWhy}
                rules={[{ required: true, whitespace: true, message: text.common.required }, atMost(text, 80)]}
            >
                <Input autoFocus autoComplete="off" />
            </Form.Item>
            <Form.Item
                className="wide"
                name="note"
                label={`${text.party.siteNote}${text.common.optional}`}
                rules={[atMost(text, 200)]}
            >
                <Input autoComplete="off" />
            </Form.Item>
        </FormDrawer>
    );
}

const knownSite = ({ id, version, name, note }: Site, text: Texts): Known<SiteFields> => ({
    id,
    version,
    fields: { name, note: note ?? '' },
    words: [
        { name: 'name', label: text.party.siteName, value: name },
        { name: 'note', label: text.party.siteNote, value: note },
    ],
});
