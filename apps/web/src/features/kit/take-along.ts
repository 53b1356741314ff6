import type { EndpointId, Endpoints, RequestOf, ResponseOf } from '@liuhen/contract';
import { client } from '../../app/client.ts';
import { askToStay } from '../../app/offline/device-store.ts';
import { keyOf, takeAlong } from '../../app/offline/kept-answers.ts';
import { terminalName } from '../document/terminal.ts';

/** What one officer has in hand at a time, generously; a device is no archive. */
const MOST = { acts: 20, tasks: 30, parties: 40, drafts: 20 };
/** As the pages ask, so that what was taken along answers them. */
export const DOCUMENTS_SHOWN = 20;

type Me = ResponseOf<Endpoints['session.get']>;
type Answers = (readonly [key: string, answer: unknown])[];

/**
 * Reads what an officer needs at the scene and keeps it on the device: own acts that are not closed, own tasks, their parties
 * and documents, own drafts, numbers that were taken along. Forms and laws are part of the program. Nothing of an act that
 * bears a mark of secrecy is kept (附件1 第12条): it is read where there is a server that knows who reads.
 */
export async function takeMineAlong(me: Me): Promise<void> {
    const answers: Answers = [];
    const may = (permission: Me['permissions'][number]) => me.permissions.includes(permission);
    const keep = async <K extends EndpointId>(
        endpointId: K,
        request: RequestOf<Endpoints[K]>,
    ): Promise<ResponseOf<Endpoints[K]>> => {
        const answer = await client.call(endpointId, request);
        answers.push([keyOf(endpointId, request), answer]);
        return answer;
    };
    const parties = new Set<string>();
    const openActs = await ownOpenActs(me.person.id);
    for (const { id, party } of openActs) {
        await keep('act.get', { params: { id } });
        if (party !== null) parties.add(party.id);
        if (may('document.list')) await keep('document.list', { query: { actId: id, limit: DOCUMENTS_SHOWN } });
    }
    if (may('task.list')) for (const partyId of await keepTasks(keep)) parties.add(partyId);
    if (may('party.list')) for (const id of [...parties].slice(0, MOST.parties)) await keep('party.get', { params: { id } });
    if (may('document.list')) await keepDrafts(me.person.id, new Set(openActs.map((each) => each.id)), keep);
    if (may('act.list')) await keep('act.settings', {});
    if (may('document.write')) await keep('template.phrases', {});
    if (may('device.use')) await keep('device.mine', {});
    if (terminalName() !== '') await keep('document.numberBlocks', { query: { state: 'open', personId: me.person.id } });
    await takeAlong(me.person.id, answers);
    askToStay();
}

type Keep = <K extends EndpointId>(endpointId: K, request: RequestOf<Endpoints[K]>) => Promise<ResponseOf<Endpoints[K]>>;

async function ownOpenActs(personId: string) {
    const found = await Promise.all(
        (['open', 'planned'] as const).map((state) =>
            client.call('act.list', { query: { personId, state, limit: MOST.acts, order: 'newest' } }),
        ),
    );
    return found
        .flatMap(({ items }) => items)
        .filter((act) => !act.restricted && act.secrecy === 'open')
        .slice(0, MOST.acts);
}

async function keepTasks(keep: Keep): Promise<string[]> {
    const { items } = await client.call('task.list', { query: { whose: 'me', state: 'pending', limit: MOST.tasks } });
    for (const { id } of items) await keep('task.get', { params: { id } });
    return items.flatMap(({ party }) => (party === null ? [] : [party.id]));
}

/** Own drafts of no act, or of one that is taken along: of others it is not known here whether they bear a mark. */
async function keepDrafts(authorId: string, acts: ReadonlySet<string>, keep: Keep): Promise<void> {
    const { items } = await client.call('document.list', { query: { authorId, state: 'draft', limit: MOST.drafts } });
    for (const { id, actId } of items) if (actId === null || acts.has(actId)) await keep('document.get', { params: { id } });
}
