import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useText } from '../../app/language.tsx';
import { Card, Line } from '../../app/page.tsx';
import { useAsk } from '../../app/query.ts';

type Party = ResponseOf<Endpoints['party.get']>;

/** Parties that may be the same one; absent where there are none. */
export function DuplicatesCard({ party, onMerge }: { party: Party; onMerge: ((otherId: string) => void) | undefined }) {
    const text = useText();
    const found = useAsk('party.duplicates', { params: { id: party.id } }).data?.items ?? [];
    if (found.length === 0) return null;
    return (
        <Card title={text.party.duplicates} small={text.party.duplicatesWhat}>
            <ul className="people">
                {found.map((each) => (
                    <li key={each.id}>
                        <span>
                            <Link to="/parties/$id" params={{ id: each.id }}>
                                {each.name}
                            </Link>
                            <span className="second">
                                <Line
                                    of={[
                                        each.sameName && text.party.sameName,
                                        each.sameContact && text.party.sameContact,
                                        text.party.kinds[each.kind],
                                        each.creditCode,
                                        each.address,
                                    ]}
                                />
                            </span>
                        </span>
                        {onMerge !== undefined && (
                            <Button size="small" onClick={() => onMerge(each.id)}>
                                {text.merge.propose}
                            </Button>
                        )}
                    </li>
                ))}
            </ul>
        </Card>
    );
}
