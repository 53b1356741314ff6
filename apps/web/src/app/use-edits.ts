import { RequestError } from '@liuhen/contract';
import type { FormInstance } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { changesBetween, type FieldChange, type Known } from './merge-edits.ts';
import { refreshAll } from './query.ts';

type Edits = {
    /** The version that what is typed builds on: pinned, so that a page that reads again behind the form cannot lead to overwriting. */
    readonly version: number | undefined;
    /** What others changed meanwhile; `undefined` while nobody has. */
    readonly changes: readonly FieldChange[] | undefined;
    /** The error to show: a conflict is over once the others' changes are on the table. */
    readonly error: unknown;
};

const isConflict = (error: unknown): boolean => error instanceof RequestError && error.code === 'conflict.changedMeanwhile';

/**
 * Keeps what is typed when somebody else saves first. Their changes come into the fields that were not touched here;
 * where both changed a field, what was typed stays until its author chooses.
 */
export function useEdits<F extends object>(form: FormInstance<F>, stored: Known<F> | undefined, error: unknown): Edits {
    const [opened, setOpened] = useState(stored);
    const [changes, setChanges] = useState<readonly FieldChange[]>();
    const [settled, setSettled] = useState<unknown>();
    const conflict = isConflict(error) && error !== settled;
    const asked = useRef<unknown>(undefined);
    useEffect(() => {
        if (!conflict || asked.current === error) return;
        asked.current = error;
        void refreshAll();
    }, [conflict, error]);
    useEffect(() => {
        if (stored === undefined || opened === undefined || stored.version === opened.version) return;
        const loose = form as unknown as FormInstance<Record<string, unknown>>;
        const found = changesBetween(opened, stored, loose.getFieldsValue(true));
        for (const change of found) if (!change.touched) loose.setFieldValue(change.name, change.theirs);
        const names = new Set(found.map((each) => each.name));
        setChanges((before = []) => [...before.filter((each) => !names.has(each.name)), ...found]);
        setOpened(stored);
        setSettled(error);
    }, [stored, opened, form, error]);
    return { version: opened?.version, changes, error: conflict || !isConflict(error) ? error : undefined };
}
