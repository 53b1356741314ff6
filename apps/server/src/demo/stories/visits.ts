import { HOUR, MINUTE } from '@liuhen/domain';
import type { DemoVisit } from '../demo-data.ts';
import { clipList } from './clips.ts';
import { answered, checkRecorders, readOut } from './scene.ts';
import { addSecondSite } from './second-site.ts';
import { type Story, shanghai } from './stage.ts';

/** A visit that stands for itself: the act is entered after its end, and the recorders are read out that afternoon. */
export const visit =
    (shown: DemoVisit): Story =>
    async (stage) => {
        const { documentStart, documentEnd } = (await clipList()).act(shown.clips);
        const [startsAt, endsAt] = [shanghai(documentStart), shanghai(documentEnd)];
        await stage.until(endsAt + 25 * MINUTE);
        const { partyId, premisesId, place } = stage.party(shown.party);
        const leader = stage.by('110207');
        const officers = ['110207', '110215'].map((key) => ({ personId: stage.by(key).id, part: 'officer' as const }));
        const assistants = shown.assistants.map((key) => ({ personId: stage.by(key).id, part: 'assistant' as const }));
        const { scenario } = shown;
        const { id } = await leader.call('act.create', {
            body: { scenario, partyId, premisesId, place, startsAt, endsAt, participants: [...officers, ...assistants] },
        });
        if (shown.ended) await answered(stage, id, startsAt);
        else if (shown.checked) await checkRecorders(stage, startsAt - 20 * MINUTE);
        if (shown.second !== undefined)
            await addSecondSite(stage, { id, startsAt, premisesId, scenario: shown.scenario }, shown.second);
        await stage.until(endsAt + 6 * HOUR);
        if (shown.ended) await readOut(stage, id, shown.clips);
        else await stage.handIn(shown.clips, id);
    };
