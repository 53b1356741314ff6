import { type OfflineDraft, offlineDraftsOf } from './offline-draft.ts';
import { useKept } from './use-kept.ts';

/** Documents of whoever is signed in that wait on this device. */
export const useOfflineDrafts = (): readonly OfflineDraft[] => useKept(offlineDraftsOf);
