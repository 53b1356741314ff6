import { COMMAND_ID_HEADER, type Endpoint, EXPORT_PATH, EXPORTABLE, endpoints } from '@liuhen/contract';
import { pdfText } from '../../testing/pdf-text.ts';
import { newId, remote } from '../../testing/remote.ts';
import { DEMO_PASSWORD } from '../demo-data.ts';
import { BESIDE, EXAMPLES, type Seen } from './reads.fixture.ts';

const gets = Object.entries(endpoints as Record<string, Endpoint>).filter(([, { method }]) => method === 'GET');
const paramsOf = (path: string): number => path.match(/:/g)?.length ?? 0;
const needsQuery = ({ query }: Endpoint): boolean => query !== undefined && !query.safeParse({}).success;
/** What of the contract is asked by its list and an id; the rest stands in `BESIDE`. */
const plain = gets.filter(([, { path }]) => paramsOf(path) === 0 || (paramsOf(path) === 1 && BESIDE[path] === undefined));

/**
 * Addresses that are read and that the walk would pass by, and tables of it that are out of date: an endpoint that cannot be asked without a
 * query has an example, one beside the contract or with several ids says how it is asked, and nothing else stands there.
 */
export function unwalked(reads: readonly string[]): string[] {
    const asked = new Set(plain.map(([, { path }]) => path));
    const queried = gets.filter(([, endpoint]) => needsQuery(endpoint)).map(([id]) => id);
    return [
        ...reads.filter((path) => !asked.has(path) && BESIDE[path] === undefined),
        ...Object.keys(BESIDE).filter((path) => !reads.includes(path)),
        ...queried.filter((id) => EXAMPLES[id] === undefined),
        ...Object.keys(EXAMPLES).filter((id) => !queried.includes(id)),
    ];
}

/** Of a list this many things are looked at, the newest first. */
const MOST_THINGS = 3;

/** What is refused by permission is refused for every thing. */
const DENIED = 'denied';

/** `answered` are the addresses that gave something, as they are registered. */
type Walked = { readonly asked: number; readonly answered: ReadonlySet<string>; readonly said: readonly string[] };

/**
 * Asks everything that is only read over HTTP as somebody, for each thing of the lists whose address begins as its own does, and looks for
 * the words in what comes back: JSON, pages of PDFs as a reader finds them, and exports, which hand out what lists show. Lists are also
 * searched for the words themselves: finding something says as much.
 */
export async function walkFor(
    url: string,
    login: string,
    words: readonly string[],
    about: Readonly<Record<string, string>> & { readonly partyId: string },
): Promise<Walked> {
    const { cookie = '' } = await remote(url).signIn(login, DEMO_PASSWORD);
    const said: string[] = [];
    const answered = new Set<string>();
    let asked = 0;
    const ask = async (registered: string, path: string, init: RequestInit = {}): Promise<string> => {
        asked++;
        const answer = await fetch(url + path, { ...init, headers: { cookie, ...init.headers } });
        const pdf = answer.headers.get('content-type') === 'application/pdf';
        const text = pdf ? await pdfText(new Uint8Array(await answer.arrayBuffer())) : await answer.text();
        if (answer.status === 429) throw new Error(`${path} was not asked: too many requests`);
        if (answer.ok) answered.add(registered);
        if (words.some((word) => text.includes(word))) said.push(path);
        if (text.includes('access.denied')) return DENIED;
        return answer.ok ? text : '';
    };
    const seen: Seen = { about, things: new Map(), papers: new Map() };
    const queryOf = (id: string) => {
        const example = EXAMPLES[id]?.(seen);
        return example === undefined ? '' : `?${new URLSearchParams(example)}`;
    };

    const lists = plain.filter(([, { path }]) => paramsOf(path) === 0);
    for (const [id, { path, query }] of lists.toSorted(([, a], [, b]) => Number(needsQuery(a)) - Number(needsQuery(b)))) {
        const text = await ask(path, path + queryOf(id));
        if (text === '' || text === DENIED) continue;
        seen.things.set(path, idsOf(text).slice(0, MOST_THINGS));
        if (!('q' in shapeOf(query ?? {}))) continue;
        for (const word of words) {
            const search = new URLSearchParams({ ...EXAMPLES[id]?.(seen), q: word });
            // The answer may repeat what was asked for; what it must not do is find anything by it.
            if (idsOf(await ask(path, `${path}?${search}`)).length > 0) said.push(`${path}?q=`);
        }
    }
    const papers = idsOf(await ask('/api/documents', `/api/documents?partyId=${about.partyId}&limit=100`));
    for (const id of new Set([...papers, ...(seen.things.get('/api/documents') ?? [])])) {
        const text = await ask('/api/documents/:id/paper', `/api/documents/${id}/paper`);
        if (text !== '' && text !== DENIED) seen.papers.set(id, JSON.parse(text));
    }
    for (const [id, { path }] of plain.filter(([, each]) => paramsOf(each.path) === 1)) {
        const list = path.slice(0, path.indexOf('/:'));
        for (const thing of [...(seen.things.get(list) ?? []), ...Object.values(about)])
            if ((await ask(path, path.replace(/:\w+/, thing) + queryOf(id))) === DENIED) break;
    }
    for (const [registered, paths] of Object.entries(BESIDE))
        for (const path of paths(seen)) if ((await ask(registered, path)) === DENIED) break;
    for (const list of EXPORTABLE) {
        const { path } = endpoints[list] as Endpoint;
        const [thing] = seen.things.get(path.slice(0, path.indexOf('/:'))) ?? [];
        const params = path.includes(':') ? { params: { id: thing ?? about.partyId } } : {};
        const body = JSON.stringify({ ...params, query: EXAMPLES[list]?.(seen) ?? {}, columns: ['id'], language: 'zh-CN' });
        const headers = { 'content-type': 'application/json', [COMMAND_ID_HEADER]: newId() };
        await ask(`${EXPORT_PATH} ${list}`, EXPORT_PATH.replace(':list', list), { method: 'POST', headers, body });
    }
    return { asked, answered, said };
}

function idsOf(text: string): string[] {
    if (text === '' || text === DENIED) return [];
    const { items = [] } = JSON.parse(text) as { items?: readonly { id?: string; index?: number }[] };
    return items.flatMap((each) => each.id ?? each.index?.toString() ?? []);
}

const shapeOf = (schema: object): object => ('shape' in schema ? (schema.shape as object) : {});
