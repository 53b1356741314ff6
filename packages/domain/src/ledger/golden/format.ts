/** One log row of the golden file; all byte strings are hex, `body` is text. */
export type GoldenRow = {
    readonly idx: number;
    readonly kind: string;
    readonly at: number;
    readonly commandId: string;
    readonly actor: string;
    readonly entry: string;
    readonly leaf: string;
    readonly chain: string;
    /** Absent when the body was destroyed. */
    readonly salt?: string;
    readonly body?: string;
};

/** A whole example: the row, and what lies behind its bytes. */
export type GoldenEntry = GoldenRow & { readonly name: string; readonly unsigned: string; readonly bodyHash: string };

/** A changed log: the rows in stored order, each an original (`of`) with other values, and the head. */
export type GoldenTamper = {
    readonly name: string;
    readonly rows: readonly ({ readonly of: number } & Partial<GoldenRow>)[];
    readonly head: GoldenHead;
    /** Exactly what the verifier finds, in order. */
    readonly expect: readonly { readonly code: string; readonly idx: number }[];
};

export type GoldenHead = { readonly size: number; readonly chain: string };

/** A row of a state table and its digest. `bytes` columns stand as hex under `{"$bytes"}`, bigints under `{"$bigint"}`. */
export type GoldenStateRow = {
    readonly table: string;
    readonly row: Readonly<Record<string, unknown>>;
    readonly canonical: string;
    readonly sha256: string;
};

export type GoldenFile = {
    readonly note: string;
    readonly key: { readonly note: string; readonly id: string; readonly seed: string; readonly publicKey: string };
    readonly org: string;
    readonly stateRows: readonly GoldenStateRow[];
    readonly log: readonly GoldenEntry[];
    readonly head: GoldenHead;
    readonly root: string;
    readonly tampered: readonly GoldenTamper[];
};
