import { RequestError } from '@liuhen/contract';
import type { Id } from '@liuhen/domain';
import type { Connection } from './client.ts';

/** What the files belong to, by the numbers people know. */
export type Numbers = { readonly device?: string; readonly officer?: string; readonly act?: string };
export type References = { readonly deviceId?: Id; readonly personId?: Id; readonly actId?: Id };

type Page<T> = { items: readonly T[]; next: string | null };

/** Ids of the numbered things; throws `device.notFound`, `person.notFound`, `act.notFound`. */
export async function resolveNumbers({ client }: Connection, numbers: Numbers): Promise<References> {
    const { device, officer, act } = numbers;
    const none = (code: 'device.notFound' | 'person.notFound' | 'act.notFound') =>
        new RequestError(404, { code, params: {}, requestId: '' });
    const found: { deviceId?: Id; personId?: Id; actId?: Id } = {};
    if (device !== undefined) {
        const number = device.trim().toUpperCase();
        const item = await findIn(
            (page) => client.call('device.list', { query: { q: number, ...page } }),
            (each) => each.number === number,
        );
        if (item === undefined) throw none('device.notFound');
        found.deviceId = item.id;
    }
    if (officer !== undefined) {
        const number = officer.trim().toUpperCase();
        const item = await findIn(
            (page) => client.call('person.list', { query: { q: number, ...page } }),
            (each) => each.certificateNumber?.toUpperCase() === number,
        );
        if (item === undefined) throw none('person.notFound');
        found.personId = item.id;
    }
    if (act !== undefined) {
        const number = act.trim();
        const item = await findIn(
            (page) => client.call('act.list', { query: { q: number, ...page } }),
            (each) => each.number === number,
        );
        if (item === undefined) throw none('act.notFound');
        found.actId = item.id;
    }
    return found;
}

/** A search also finds what only contains the number; the exact one may be on a later page. */
async function findIn<T>(
    list: (page: { limit: number; cursor?: string }) => Promise<Page<T>>,
    isIt: (item: T) => boolean,
): Promise<T | undefined> {
    for (let cursor: string | undefined; ; ) {
        const page = await list({ limit: 200, ...(cursor === undefined ? {} : { cursor }) });
        const found = page.items.find(isIt);
        if (found !== undefined || page.next === null) return found;
        cursor = page.next;
    }
}
