import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { type FigureStanding, figureStanding, hoursStored, MODEL_FIGURE_KEYS, modelFigure } from '@liuhen/domain';
import { Link, useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useFormat, useLanguage, useText } from '../../app/language.tsx';
import { Card, Dot, Line, PageHead, type Status, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { useMay } from '../../app/session.ts';
import { TableScroll } from '../../app/table-scroll.tsx';
import { Unreadable } from '../../app/unreadable.tsx';
import { TraceCard } from '../ledger/trace-card.tsx';
import { DeviceTabs } from './device-tabs.tsx';
import { ModelDrawer } from './model-drawer.tsx';

type Model = ResponseOf<Endpoints['device.model']>;

const STANDING_STATUS: Record<FigureStanding, Status> = { reaches: 'held', below: 'act', read: 'judge' };

export function ModelPage() {
    const text = useText();
    const { id } = useParams({ from: '/signed-in/shell/devices/models/$id' });
    const { data, error, isPending, refetch } = useAsk('device.model', { params: { id } });
    if (isPending) return <Waiting />;
    if (data === undefined)
        return (
            <Unreadable
                error={error}
                onRetry={() => void refetch()}
                back={<Link to="/devices/models">{text.model.title}</Link>}
            />
        );
    return <Loaded key={data.id} model={data} />;
}

/** Stated figures beside 附件2, which is 供参考: what reaches it, what not, what a person has to read. No verdict. */
function Loaded({ model }: { model: Model }) {
    const text = useText();
    const format = useFormat();
    const { language } = useLanguage();
    const may = useMay();
    const [open, setOpen] = useState(false);
    const stated = new Map(model.figures.map((each) => [each.key, each]));
    const hours = hoursStored(64, 16);
    return (
        <>
            <PageHead
                crumb={<Link to="/devices/models">{text.model.title}</Link>}
                title={model.name}
                facts={
                    <Line
                        of={[
                            model.maker,
                            text.device.kinds[model.kind],
                            <Link key="devices" to="/devices" search={{ model: model.name }}>
                                {text.model.devices} {format.count(model.devices)}
                            </Link>,
                        ]}
                    />
                }
                actions={may('device.manage') && <Button onClick={() => setOpen(true)}>{text.model.edit}</Button>}
            />
            <DeviceTabs />
            <p className="note note-plain">{text.model.advisory}</p>
            <Card title={text.model.asked} small={fill('{count}', { count: model.figures.length })}>
                <TableScroll label={text.model.asked}>
                    <table className="plain-table">
                        <thead>
                            <tr>
                                <th scope="col">{text.model.figure}</th>
                                <th scope="col">{text.model.asked}</th>
                                <th scope="col">{text.model.value}</th>
                                <th scope="col">{text.model.source}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {MODEL_FIGURE_KEYS.map((key) => {
                                const { zh, en, asked } = modelFigure(key);
                                const own = stated.get(key);
                                const standing = own === undefined ? undefined : figureStanding(own);
                                return (
                                    <tr key={key}>
                                        <th scope="row">{language === 'en' ? en : zh}</th>
                                        <td lang="zh-CN">{asked}</td>
                                        <td>
                                            {own === undefined || standing === undefined ? (
                                                <span className="faint">{text.model.notStated}</span>
                                            ) : (
                                                <>
                                                    <Dot status={STANDING_STATUS[standing]} />
                                                    {own.value}
                                                    <span className="second">{text.model.standings[standing]}</span>
                                                </>
                                            )}
                                        </td>
                                        <td>
                                            {own !== undefined && (
                                                <>
                                                    {text.model.sources[own.source]}
                                                    {own.detail !== null && <span className="second">{own.detail}</span>}
                                                </>
                                            )}
                                        </td>
                                    </tr>
                                );
                            })}
                        </tbody>
                    </table>
                </TableScroll>
                <p className="note note-plain">{fill(text.model.contradiction, { hours: hours.toFixed(1) })}</p>
            </Card>
            <TraceCard objectId={model.id} />
            {open && <ModelDrawer model={model} onClose={() => setOpen(false)} />}
        </>
    );
}
