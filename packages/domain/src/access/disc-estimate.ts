import { DomainError } from '../kernel/domain-error.ts';
import { planVolumes } from '../proof/package/plan-volumes.ts';

/** Lists, papers, entries and proofs of a package beside its recordings, bytes: more than most have. */
const BESIDE = 4_000_000;

/** How many discs of `capacity` bytes recordings of these sizes will need, about: papers are not counted yet. Undefined for too many. */
export function estimateDiscs(sizes: readonly number[], capacity: number): number | undefined {
    const files = sizes.map((size, at) => ({ path: `content/${String(at).padStart(64, '0')}.mp4`, size }));
    try {
        return planVolumes(files, [{ path: 'manifest.json', size: Math.min(BESIDE, Math.floor(capacity / 4)) }], capacity)
            .volumes;
    } catch (error) {
        if (error instanceof DomainError) return undefined;
        throw error;
    }
}
