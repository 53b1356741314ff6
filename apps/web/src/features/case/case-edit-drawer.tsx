import { App, Form } from 'antd';
import { FormDrawer } from '../../app/form-drawer.tsx';
import { useText } from '../../app/language.tsx';
import { dateOf } from '../../app/shanghai.ts';
import { useCommand } from '../../app/use-command.ts';
import { CaseFieldSet, type CaseFields, caseBody } from './case-fields.tsx';
import type { CaseDetail } from './case-words.ts';

export function CaseEditDrawer({ of, onClose }: { of: CaseDetail; onClose: () => void }) {
    const text = useText();
    const { message } = App.useApp();
    const [form] = Form.useForm<CaseFields>();
    const update = useCommand('case.update', {
        onDone: () => {
            void message.success(text.common.saved);
            onClose();
        },
    });
    const breachDay = of.breachAt === null ? '' : dateOf(of.breachAt);
    return (
        <FormDrawer<CaseFields>
            title={text.case.editTitle}
            form={form}
            of={{
                known: {
                    id: of.id,
                    version: of.version,
                    fields: {
                        title: of.title,
                        sourceNote: of.sourceNote ?? '',
                        summary: of.summary ?? '',
                        breachDay,
                        graveHarm: of.graveHarm,
                        ...(of.party === null ? {} : { partyId: of.party.id }),
                    },
                    words: [
                        { name: 'title', label: text.case.caseTitle, value: of.title },
                        { name: 'partyId', label: text.case.party, value: of.party?.name ?? null },
                        { name: 'summary', label: text.case.summary, value: of.summary },
                        { name: 'sourceNote', label: text.case.sourceNote, value: of.sourceNote },
                        { name: 'breachDay', label: text.case.breachAt, value: breachDay },
                        { name: 'graveHarm', label: text.case.graveHarm, value: of.graveHarm ? text.case.yes : text.case.no },
                    ],
                },
            }}
            error={update.error}
            busy={update.isPending}
            onSubmit={(fields, version) =>
                update.mutate({ params: { id: of.id }, body: { ...caseBody(fields), version: version ?? of.version } })
            }
            onClose={onClose}
        >
            <CaseFieldSet />
        </FormDrawer>
    );
}
