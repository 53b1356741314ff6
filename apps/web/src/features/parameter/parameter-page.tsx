import { fill } from '@liuhen/contract';
import { PARAMETER_GROUPS, parameterDefinition, STANDINGS, type Standing } from '@liuhen/domain';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { Filters, Pick, SearchField } from '../../app/filters.tsx';
import { useText } from '../../app/language.tsx';
import { Card, Empty, PageHead, Tag, Waiting } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';
import { Unreadable } from '../../app/unreadable.tsx';
import { CalendarCard } from './calendar-card.tsx';
import { ParameterDrawer } from './parameter-drawer.tsx';
import { ParameterEntry } from './parameter-entry.tsx';
import { isFound } from './parameter-find.ts';
import { type ParameterItem, useParameterWords } from './parameter-words.ts';
import { ProposalsCard } from './proposals-card.tsx';

/** Every dated figure with its basis, how sure it is, and who decided what from when. */
export function ParameterPage() {
    const text = useText();
    const navigate = useNavigate({ from: '/parameters' });
    const search = useSearch({ from: '/signed-in/shell/parameters' });
    const words = useParameterWords();
    const { data, error, isPending, refetch } = useAsk('parameter.list', { query: {} });
    const [changing, setChanging] = useState<ParameterItem>();
    const change = (next: Partial<{ [K in keyof typeof search]: (typeof search)[K] | undefined }>) =>
        void navigate({ search: (before) => ({ ...before, ...next }) as typeof before, replace: true });
    const clear = () => void navigate({ search: {}, replace: true });
    if (isPending) return <Waiting />;
    if (data === undefined) return <Unreadable error={error} onRetry={() => void refetch()} back={text.parameter.title} />;
    const [doubtful, unset] = (['verify', 'unknown'] as const).map((of) => data.items.filter((each) => each.standing === of));
    const open = { count: doubtful?.length ?? 0, unset: unset?.length ?? 0 };
    const found = data.items.filter(
        (item) => hasStanding(item, search.standing) && (search.q === undefined || isFound(words.findable(item), search.q)),
    );
    const grouped = Map.groupBy(found, (item) => parameterDefinition(item.key).group);
    const groups = PARAMETER_GROUPS.filter((group) => grouped.has(group) && (search.group ?? group) === group);
    const filters = Object.keys(search).length;
    return (
        <>
            <PageHead
                title={text.parameter.title}
                facts={text.parameter.sub}
                tag={open.count + open.unset > 0 && <Tag status="act">{fill(text.parameter.open, open)}</Tag>}
            />
            <ProposalsCard />
            <Card label={text.parameter.title}>
                <Filters
                    count={filters}
                    onClear={clear}
                    search={<SearchField label={text.parameter.search} value={search.q} onChange={(q) => change({ q })} />}
                >
                    <Pick
                        label={text.parameter.group}
                        value={search.group}
                        options={PARAMETER_GROUPS.map(
                            (each) => [each, words.groupLine(each, grouped.get(each)?.length ?? 0)] as const,
                        )}
                        onChange={(group) => change({ group })}
                    />
                    <Pick
                        label={text.parameter.standing}
                        value={search.standing}
                        options={[
                            ['unsure', text.parameter.unsure],
                            ...STANDINGS.map((each) => [each, text.parameter.standings[each]] as const),
                        ]}
                        onChange={(standing) => change({ standing })}
                    />
                </Filters>
                {groups.length === 0 && <Empty title={text.parameter.none} what={text.parameter.noneWhat} />}
            </Card>
            {groups.map((group) => (
                <Card key={group} title={text.parameter.groups[group]} small={grouped.get(group)?.length}>
                    <ul className="parameters">
                        {grouped.get(group)?.map((item) => (
                            <ParameterEntry key={item.key} item={item} onChange={() => setChanging(item)} />
                        ))}
                    </ul>
                </Card>
            ))}
            {filters === 0 && <CalendarCard />}
            {changing !== undefined && <ParameterDrawer item={changing} onClose={() => setChanging(undefined)} />}
        </>
    );
}

/** `unsure`: whatever somebody still has to look up. */
const hasStanding = ({ standing }: ParameterItem, wanted: Standing | 'unsure' | undefined): boolean =>
    wanted === undefined || (wanted === 'unsure' ? standing === 'verify' || standing === 'unknown' : standing === wanted);
