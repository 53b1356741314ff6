import { fill } from '@liuhen/contract';
import type { ScenarioKey } from '@liuhen/domain';
import { type Column, DataList } from '../../app/data-list.tsx';
import { useFormat, useText } from '../../app/language.tsx';
import { Card, Empty } from '../../app/page.tsx';
import { type ItemOf, usePages } from '../../app/query.ts';
import { scenarioWords } from '../../app/scenario-words.ts';
import type { Inspection } from './inspection-types.ts';

type Act = ItemOf<'inspection.frame'>;

/** Everything that could be drawn, and what was listed apart. */
export function FrameCard({ of }: { of: Inspection }) {
    const text = useText();
    const format = useFormat();
    const words = text.inspection;
    const pages = usePages('inspection.frame', { inspectionId: of.id });
    const columns: Column<Act>[] = [
        {
            key: 'number',
            title: text.sheet.act,
            width: 'minmax(170px, 1.4fr)',
            shown: 'always',
            phone: 'title',
            cell: (act) => <span className="main mono-figures">{act.number}</span>,
            plain: (act) => act.number,
        },
        { key: 'organisation', title: words.inspected, width: 'minmax(120px, 1fr)', plain: (act) => act.organisation },
        {
            key: 'scenario',
            title: words.scenarios,
            width: 'minmax(120px, 1fr)',
            plain: (act) => scenarioWords(text, act.scenario as ScenarioKey),
        },
        {
            key: 'recorded',
            title: words.recorded,
            width: '110px',
            plain: (act) => (act.recorded === null ? words.recordedUnknown : act.recorded ? words.recordedYes : words.recordedNo),
        },
        {
            key: 'place',
            title: words.drawnPlace,
            width: '130px',
            plain: (act) => (act.apart !== null ? words.apart[act.apart] : act.place === null ? '' : format.count(act.place)),
        },
    ];
    return (
        <Card
            title={words.frame}
            small={fill(words.frameCount, {
                count: format.count(of.frameActs ?? 0),
                absent: format.count(of.withoutRecording ?? 0),
            })}
        >
            <DataList<Act>
                id="inspection-frame"
                name={words.frame}
                columns={columns}
                items={pages.items}
                idOf={(act) => act.id}
                total={pages.total}
                pages={pages}
                empty={<Empty title={words.frameEmpty} what={words.frameEmptyWhat} />}
            />
        </Card>
    );
}
