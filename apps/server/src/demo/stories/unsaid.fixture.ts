import { type Endpoint, endpoints } from '@liuhen/contract';
import { remote } from '../../testing/remote.ts';
import { DEMO_PASSWORD } from '../demo-data.ts';

const gets = Object.entries(endpoints as Record<string, Endpoint>).filter(([, { method }]) => method === 'GET');

/** Of a list this many things are looked at, the newest first. */
const MOST_THINGS = 3;

/** What is refused by permission is refused for every thing. */
const DENIED = 'denied';

type Walked = { readonly asked: number; readonly answered: number; readonly said: readonly string[] };

/**
 * Asks every GET endpoint of the contract over HTTP as somebody, for each thing of the lists whose address begins as its own does, and looks
 * for the words in the bytes of what comes back. Lists are also searched for the words themselves: finding something says as much.
 */
export async function walkFor(
    url: string,
    login: string,
    words: readonly string[],
    about: Readonly<Record<string, string>>,
): Promise<Walked> {
    const { cookie = '' } = await remote(url).signIn(login, DEMO_PASSWORD);
    const said: string[] = [];
    const things = new Map<string, string[]>();
    let [asked, answered] = [0, 0];
    const ask = async (path: string): Promise<string> => {
        asked++;
        const answer = await fetch(url + path, { headers: { cookie } });
        const text = await answer.text();
        if (answer.status === 429) throw new Error(`${path} was not asked: too many requests`);
        if (answer.ok) answered++;
        if (words.some((word) => text.includes(word))) said.push(path);
        if (text.includes('access.denied')) return DENIED;
        return answer.ok ? text : '';
    };
    for (const [, { path, query }] of gets.filter(([, each]) => !each.path.includes(':'))) {
        const wanted = query === undefined || query.safeParse({}).success ? '' : `?${new URLSearchParams(about)}`;
        const text = await ask(path + wanted);
        if (text === '' || text === DENIED) continue;
        const { items = [] } = JSON.parse(text) as { items?: readonly { id?: string; index?: number }[] };
        const named = items.flatMap((each) => each.id ?? each.index?.toString() ?? []);
        things.set(path, named.slice(0, MOST_THINGS));
        if (
            query === undefined ||
            !query.safeParse({ q: 'x' }).success ||
            !JSON.stringify(Object.keys(shapeOf(query))).includes('"q"')
        )
            continue;
        for (const word of words) {
            const found = JSON.parse((await ask(`${path}?q=${encodeURIComponent(word)}`)) || '{}') as {
                items?: readonly unknown[];
            };
            // The answer may repeat what was asked for; what it must not do is find anything by it.
            if (found.items !== undefined && found.items.length > 0) said.push(`${path}?q=`);
        }
    }
    for (const [, { path }] of gets.filter(([, each]) => each.path.includes(':'))) {
        const list = path.slice(0, path.indexOf('/:'));
        for (const id of [...(things.get(list) ?? []), ...Object.values(about)])
            if ((await ask(path.replace(/:\w+/, id))) === DENIED) break;
    }
    return { asked, answered, said };
}

const shapeOf = (schema: object): object => ('shape' in schema ? (schema.shape as object) : {});
