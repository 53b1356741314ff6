import { type KeptPhoto, photosOf } from './photo-store.ts';
import { useKept } from './use-kept.ts';

/** Photos of whoever is signed in that wait on this device. */
export const usePhotos = (): readonly KeptPhoto[] => useKept(photosOf);
