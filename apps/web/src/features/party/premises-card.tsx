import type { Endpoints, ResponseOf } from '@liuhen/contract';
import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useText } from '../../app/language.tsx';
import { Card } from '../../app/page.tsx';
import { degreesText } from './degrees.ts';
import { CloseDialogue, ReopenDialogue } from './place-dialogues.tsx';
import { type Premises, PremisesDrawer, type Site, SiteDrawer } from './premises-drawer.tsx';

type Party = ResponseOf<Endpoints['party.get']>;

/** Premises and, inside them, the sites. What is open beside the card is one thing at a time. */
export function PremisesCard({ party, mayChange }: { party: Party; mayChange: boolean }) {
    const text = useText();
    const [open, setOpen] = useState<(close: () => void) => ReactNode>();
    const show = (what: (close: () => void) => ReactNode) => setOpen(() => what);
    return (
        <Card
            title={text.party.premises}
            small={party.premises.length}
            right={
                mayChange && (
                    <Button size="small" onClick={() => show((close) => <PremisesDrawer party={party} onClose={close} />)}>
                        {text.party.premisesAdd}
                    </Button>
                )
            }
        >
            {party.premises.length === 0 && <p className="empty-small">{text.party.premisesEmpty}</p>}
            <ul className="people">
                {party.premises.map((premises) => (
                    <li key={premises.id} className="place">
                        <PlaceLine premises={premises} />
                        {mayChange && <PremisesButtons party={party} premises={premises} show={show} />}
                        {premises.sites.length > 0 && (
                            <ul className="sites" aria-label={`${premises.name} ${text.party.sites}`}>
                                {premises.sites.map((site) => (
                                    <li key={site.id}>
                                        <SiteLine site={site} />
                                        {mayChange && premises.closedDay === null && (
                                            <SiteButtons premises={premises} site={site} show={show} />
                                        )}
                                    </li>
                                ))}
                            </ul>
                        )}
                    </li>
                ))}
            </ul>
            {open?.(() => setOpen(undefined))}
        </Card>
    );
}

type Show = (what: (close: () => void) => ReactNode) => void;

function PlaceLine({ premises }: { premises: Premises }) {
    const text = useText();
    const { latitudeE7, longitudeE7, closedDay, closedReason } = premises;
    return (
        <span className={closedDay === null ? '' : 'faint'}>
            {premises.name}
            <span className="second">
                {premises.address}
                {latitudeE7 !== null && longitudeE7 !== null && (
                    <span className="mono faint">
                        {' '}
                        {degreesText(latitudeE7)}, {degreesText(longitudeE7)}
                    </span>
                )}
            </span>
            {closedDay !== null && (
                <span className="second">{fill(text.party.closedOn, { day: closedDay, reason: closedReason ?? '' })}</span>
            )}
        </span>
    );
}

function SiteLine({ site }: { site: Site }) {
    const text = useText();
    return (
        <span className={site.closedDay === null ? '' : 'faint'}>
            {site.name}
            {site.note !== null && <span className="soft"> · {site.note}</span>}
            {site.closedDay !== null && (
                <span className="second">
                    {fill(text.party.closedOn, { day: site.closedDay, reason: site.closedReason ?? '' })}
                </span>
            )}
        </span>
    );
}

function PremisesButtons({ party, premises, show }: { party: Party; premises: Premises; show: Show }) {
    const text = useText();
    if (premises.closedDay !== null)
        return (
            <Step
                words={text.party.reopen}
                of={premises.name}
                onClick={() => show((close) => <ReopenDialogue of="Premises" place={premises} onClose={close} />)}
            />
        );
    return (
        <span className="steps">
            <Step
                words={text.party.siteAdd}
                of={premises.name}
                onClick={() => show((close) => <SiteDrawer premises={premises} onClose={close} />)}
            />
            <Step
                words={text.party.edit}
                of={premises.name}
                onClick={() => show((close) => <PremisesDrawer party={party} premises={premises} onClose={close} />)}
            />
            <Step
                words={text.party.close}
                of={premises.name}
                onClick={() => show((close) => <CloseDialogue of="Premises" place={premises} onClose={close} />)}
            />
        </span>
    );
}

function SiteButtons({ premises, site, show }: { premises: Premises; site: Site; show: Show }) {
    const text = useText();
    if (site.closedDay !== null)
        return (
            <Step
                words={text.party.reopen}
                of={site.name}
                onClick={() => show((close) => <ReopenDialogue of="Site" place={site} onClose={close} />)}
            />
        );
    return (
        <span className="steps">
            <Step
                words={text.party.edit}
                of={site.name}
                onClick={() => show((close) => <SiteDrawer premises={premises} site={site} onClose={close} />)}
            />
            <Step
                words={text.party.close}
                of={site.name}
                onClick={() => show((close) => <CloseDialogue of="Site" place={site} onClose={close} />)}
            />
        </span>
    );
}

/** A small step whose name says of which place it is. */
const Step = ({ words, of, onClick }: { words: string; of: string; onClick: () => void }) => (
    <Button size="small" type="text" aria-label={`${words} ${of}`} onClick={onClick}>
        {words}
    </Button>
);
