import { MINUTE } from '../kernel/instant.ts';
import type { PersonCoverage } from './coverage.ts';
import type { RulingFacts } from './coverage-facts.ts';
import { explains } from './coverage-written.ts';

/**
 * The same coverage with what was ruled on its gaps. Only for whoever reads: no rule looks at it, so that a ruling changes no verdict. A gap that
 * outgrew the stretch of the finding is another one (decision 0057), and nothing was ruled on it.
 */
export function withRulings(coverage: readonly PersonCoverage[], rulings: readonly RulingFacts[]): PersonCoverage[] {
    return coverage.map((of) => {
        const own = rulings.filter((each) => each.carrierId === of.personId);
        if (own.length === 0) return of;
        const gaps = of.gaps.map((gap) => {
            const about = own.find((each) => explains(each.during, gap, MINUTE));
            return about === undefined ? gap : { ...gap, ruling: about.ruling };
        });
        return { ...of, gaps };
    });
}
