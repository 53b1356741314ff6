/** A thing as the server has it, in the fields of its form. `words` says a value as people read it. */
export type Known<F extends object> = {
    readonly id: string;
    readonly version: number;
    readonly fields: Partial<F>;
    readonly words: readonly FieldWords<F>[];
};
export type FieldWords<F extends object> = {
    readonly name: keyof F & string;
    readonly label: string;
    readonly value: string | null;
};

/** What somebody else changed in one field while it was open here. */
export type FieldChange = {
    readonly name: string;
    readonly label: string;
    readonly was: string | null;
    readonly became: string | null;
    /** Whether the field was changed here as well: then what was typed stays until its author chooses. */
    readonly touched: boolean;
    readonly mine: unknown;
    readonly theirs: unknown;
};

/** Fields that differ between what was opened and what is stored now, in the order of the form. */
export function changesBetween<F extends object>(
    opened: Known<F>,
    stored: Known<F>,
    typed: Readonly<Record<string, unknown>>,
): FieldChange[] {
    return stored.words.flatMap(({ name, label, value }) => {
        const [before, theirs, mine] = [opened.fields[name], stored.fields[name], typed[name]];
        if (same(before, theirs) || same(mine, theirs)) return [];
        const was = opened.words.find((each) => each.name === name)?.value ?? null;
        return [{ name, label, was, became: value, touched: !same(mine, before), mine, theirs }];
    });
}

/** An empty field is one, however the form writes it. */
export const same = (a: unknown, b: unknown): boolean => plain(a) === plain(b);

const plain = (value: unknown): string => {
    if (value === undefined || value === null || value === '') return '';
    if (Array.isArray(value)) return value.length === 0 ? '' : JSON.stringify(value.toSorted());
    return JSON.stringify(value);
};
