import { readFile } from 'node:fs/promises';

/** The committed recordings and what they show; see demo/README.md. */
type ClipList = {
    acts: { key: string; place: string; documentStart: string; documentEnd: string }[];
    clips: { act: string; file: string; device: string; certificate?: string; startInstant: number; durationMs?: number }[];
};

const CLIPS = new URL('../../../../../demo/clips/', import.meta.url);

export async function clipList() {
    const list = JSON.parse(await readFile(new URL('clips.json', CLIPS), 'utf8')) as ClipList;
    const withUrl = (clip: ClipList['clips'][number]) => ({ ...clip, url: new URL(clip.file, CLIPS) });
    return {
        /** The visit that some clips show. */
        act(key: string) {
            const found = list.acts.find((act) => act.key === key);
            if (found === undefined) throw new Error(`no clips show ${key}`);
            return found;
        },
        of: (key: string) => list.clips.filter((clip) => clip.act === key).map(withUrl),
        /** All, by when they were recorded, which is the order in which they are handed in. */
        inOrder: () => list.clips.toSorted((a, b) => a.startInstant - b.startInstant).map(withUrl),
    };
}
