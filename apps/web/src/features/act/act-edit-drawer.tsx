import { App, Form } from 'antd';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { type Format, useFormat, useText } from '../../app/language.tsx';
import type { Known } from '../../app/merge-edits.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import { useCommand } from '../../app/use-command.ts';
import type { Texts } from '../../text/index.ts';
import { ActFieldSet, type ActFields, actBody, PartyAndNote } from './act-form.tsx';
import type { ActDetail } from './strip-chart-input.ts';
import { whenOf } from './when-field.tsx';

export function ActEditDrawer({ act, onClose }: { act: ActDetail; onClose: () => void }) {
    const text = useText();
    const format = useFormat();
    const { message } = App.useApp();
    const [form] = Form.useForm<ActFields>();
    const update = useCommand('act.update', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    return (
        <FormDrawer<ActFields>
            title={text.act.editTitle}
            form={form}
            of={{ known: knownAct(act, text, format) }}
            error={update.error}
            busy={update.isPending}
            onSubmit={(fields, version = act.version) =>
                update.mutate({ params: { id: act.id }, body: { ...actBody(wholeOf(act, fields)), version } })
            }
            onClose={onClose}
        >
            {act.segments.length > 1 ? <PartyAndNote /> : <ActFieldSet form={form} keptPartyId={act.party?.id} />}
        </FormDrawer>
    );
}

/** Of an act of several segments scenario, place and times are theirs: here they stay as they are. */
const wholeOf = (act: ActDetail, fields: ActFields): ActFields =>
    act.segments.length < 2
        ? fields
        : {
              ...fields,
              scenario: act.scenario,
              place: act.place,
              starts: whenOf(act.startsAt),
              ends: whenOf(act.endsAt),
              ...(act.premises === null ? {} : { premisesId: act.premises.id }),
          };

const knownAct = (act: ActDetail, text: Texts, format: Format): Known<ActFields> => ({
    id: act.id,
    version: act.version,
    fields: {
        scenario: act.scenario,
        ...(act.party === null ? {} : { partyId: act.party.id }),
        ...(act.premises === null ? {} : { premisesId: act.premises.id }),
        place: act.place,
        starts: whenOf(act.startsAt),
        ends: whenOf(act.endsAt),
        note: act.note ?? '',
    },
    words: [
        { name: 'scenario', label: text.act.scenario, value: scenarioWords(text, act.scenario) },
        { name: 'partyId', label: text.act.party, value: act.party?.name ?? null },
        { name: 'premisesId', label: text.act.premises, value: act.premises?.name ?? null },
        { name: 'place', label: text.act.place, value: act.place },
        { name: 'starts', label: text.act.startsAt, value: format.dateTime(act.startsAt) },
        { name: 'ends', label: text.act.endsAt, value: format.dateTime(act.endsAt) },
        { name: 'note', label: text.act.noteLabel, value: act.note },
    ],
});
