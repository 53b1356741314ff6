import type { Id } from '@liuhen/domain';
import type { ObjectStore, Reservation } from '../storage/store.ts';

/** Space promised to the uploads this process takes bytes of; asked for again when a restart has forgotten it. */
export class ReservationsByUpload {
    readonly #store: ObjectStore;
    readonly #held = new Map<Id, Reservation>();

    constructor(store: ObjectStore) {
        this.#store = store;
    }

    /** Throws `storage.full` when the rest of the upload has no room. */
    async hold(id: Id, rest: bigint): Promise<Reservation> {
        const held = this.#held.get(id);
        if (held !== undefined) return held;
        const reservation = await this.#store.reserve(rest);
        this.#held.set(id, reservation);
        return reservation;
    }

    release(id: Id): void {
        this.#held.get(id)?.release();
        this.#held.delete(id);
    }
}
