import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card, Dot, Line } from '../../app/page.tsx';
import { type Licence, LicenceDrawer } from './licence-drawer.tsx';
import { licenceStatus, specialityWords, standingWords } from './licence-words.ts';

type Party = ResponseOf<Endpoints['party.get']>;

export function LicenceCard({ party, mayChange }: { party: Party; mayChange: boolean }) {
    const text = useText();
    const [open, setOpen] = useState<{ licence?: Licence }>();
    return (
        <Card
            title={text.party.licences}
            small={party.licences.length}
            right={
                mayChange && (
                    <Button size="small" onClick={() => setOpen({})}>
                        {text.party.licenceAdd}
                    </Button>
                )
            }
        >
            {party.licences.length === 0 && <p className="empty-small">{text.party.licencesEmpty}</p>}
            <ul className="people">
                {party.licences.map((licence) => {
                    const { validFrom, validTo } = licence;
                    const place = party.premises.find((each) => each.id === licence.premisesId)?.name;
                    return (
                        <li key={licence.id}>
                            <span>
                                {specialityWords(text, licence.speciality, licence.specialityOther)}{' '}
                                <span className="soft">{licence.number}</span>
                                <span className="second status">
                                    <Dot status={licenceStatus(licence.standing)} />
                                    <span>
                                        <Line
                                            of={[
                                                standingWords(text, licence),
                                                licence.state !== 'valid' &&
                                                    licence.state !== 'suspended' &&
                                                    text.party.licenceStates[licence.state],
                                                validTo === null
                                                    ? validFrom !== null && fill(text.party.since, { day: validFrom })
                                                    : `${validFrom ?? ''} – ${validTo}`,
                                                licence.authority,
                                                place,
                                                licence.note,
                                            ]}
                                        />
                                    </span>
                                </span>
                            </span>
                            {mayChange && (
                                <Button size="small" type="text" onClick={() => setOpen({ licence })}>
                                    {text.party.edit}
                                </Button>
                            )}
                        </li>
                    );
                })}
            </ul>
            {open !== undefined && <LicenceDrawer party={party} licence={open.licence} onClose={() => setOpen(undefined)} />}
        </Card>
    );
}
