import { readFileSync } from 'node:fs';
import { zipOf } from '../packages/domain/src/proof/package/golden/make-zip.ts';

type Golden = {
    policy: string;
    policies: Record<string, string>;
    files: Record<string, string>;
    cases: { name: string; set: Record<string, string>; remove: string[] }[];
};
const golden = JSON.parse(
    readFileSync(new URL('../packages/domain/src/proof/package/golden/package-v1.json', import.meta.url), 'utf8'),
) as Golden;

/** The files of a golden package, by the name of its case. */
export function goldenFiles(name: string): { name: string; bytes: Uint8Array }[] {
    const found = golden.cases.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no golden package ${name}`);
    return Object.entries({ ...golden.files, ...found.set })
        .filter(([path]) => !found.remove.includes(path))
        .map(([path, text]) => ({ name: path, bytes: new Uint8Array(Buffer.from(text, 'base64')) }));
}
export const goldenZip = (name: string): Uint8Array => zipOf(goldenFiles(name), { wide: true });

/** The policy of the golden packages, or one of the others that they are judged by. */
export const goldenPolicy = (name?: string): string => (name === undefined ? golden.policy : (golden.policies[name] ?? ''));
