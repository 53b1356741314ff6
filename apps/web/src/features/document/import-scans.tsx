import { fill } from '@liuhen/contract';
import { Button } from 'antd';
import { useRef } from 'react';
import { useFormat, useText } from '../../app/language.tsx';

/** Scans by the name they are matched with: a folder before it does not matter, nor its case. */
export type Scans = ReadonlyMap<string, File>;

/** TIFF is taken by no server, which says at its row what to do instead; left out here it would be missing without a word. */
const TYPES = ['application/pdf', 'image/jpeg', 'image/png', 'image/tiff'];

/** A folder holds other things as well: what is no scan stays out. */
const scansOf = (files: FileList | null): Scans =>
    new Map([...(files ?? [])].filter(({ type }) => TYPES.includes(type)).map((file) => [keyOf(file.name), file]));
const keyOf = (name: string): string => name.split(/[\\/]/).at(-1)?.normalize('NFC').toLowerCase() ?? '';

/** The scan that a row of the list names, among those that were chosen. */
export const scanNamed = (name: string | undefined, scans: Scans): File | undefined =>
    name === undefined ? undefined : scans.get(keyOf(name));

/** The scans of a list: single files, or the folder they lie in where the device has folders. */
export function ScansPick({ onChoose }: { onChoose: (scans: Scans) => void }) {
    const text = useText();
    const files = useRef<HTMLInputElement>(null);
    const folder = useRef<HTMLInputElement>(null);
    return (
        <>
            <Button onClick={() => files.current?.click()}>{text.documentImport.files}</Button>
            <input
                ref={files}
                type="file"
                multiple
                hidden
                accept={TYPES.join(',')}
                aria-label={text.documentImport.files}
                onChange={({ target }) => onChoose(scansOf(target.files))}
            />
            <Button onClick={() => folder.current?.click()}>{text.documentImport.folder}</Button>
            <input
                ref={(input) => {
                    folder.current = input;
                    // React knows no such attribute; browsers without folders take it as a choice of files.
                    input?.setAttribute('webkitdirectory', '');
                }}
                type="file"
                multiple
                hidden
                aria-label={text.documentImport.folder}
                onChange={({ target }) => onChoose(scansOf(target.files))}
            />
        </>
    );
}

type MatchProps = { named: readonly (string | undefined)[]; scans: Scans };

/** Before anything is sent: how many rows find their scan, and which of the chosen files nobody names. */
export function ScanMatches({ named, scans }: MatchProps) {
    const text = useText();
    const format = useFormat();
    if (scans.size === 0) return null;
    const wanted = named.filter((name) => name !== undefined && name !== '');
    const found = wanted.filter((name) => scanNamed(name, scans) !== undefined).length;
    const keys = new Set(wanted.map((name) => keyOf(name ?? '')));
    const spare = [...scans].filter(([key]) => !keys.has(key)).map(([, file]) => file.name);
    return (
        <p className="answer-line" role="status">
            <span>
                {fill(text.documentImport.matched, { found: format.count(found), wanted: format.count(wanted.length) })}
                {spare.length > 0 && (
                    <span className="soft">
                        {' '}
                        {fill(text.documentImport.spare, { count: spare.length, names: format.list(spare.slice(0, 5)) })}
                    </span>
                )}
            </span>
        </p>
    );
}
