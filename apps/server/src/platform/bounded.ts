/** What is worth remembering and can be found out again: when there is no more room, what came first is forgotten. */
export class BoundedMap<K, V> extends Map<K, V> {
    readonly #most: number;

    constructor(most: number) {
        super();
        this.#most = most;
    }

    override set(key: K, value: V): this {
        makeRoom(this, key, this.#most);
        return super.set(key, value);
    }
}

export class BoundedSet<K> extends Set<K> {
    readonly #most: number;

    constructor(most: number) {
        super();
        this.#most = most;
    }

    override add(key: K): this {
        makeRoom(this, key, this.#most);
        return super.add(key);
    }
}

function makeRoom<K>(kept: Map<K, unknown> | Set<K>, next: K, most: number): void {
    if (kept.has(next)) return;
    for (const first of kept.keys()) {
        if (kept.size < most) return;
        kept.delete(first);
    }
}
