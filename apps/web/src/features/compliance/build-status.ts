import type { Build } from '@liuhen/domain';
import type { Status } from '../../app/page.tsx';

/** What a build looks like: nothing here says that anybody meets a clause. */
export const BUILD_STATUS: Readonly<Record<Build, Status>> = {
    rule: 'held',
    feature: 'held',
    partly: 'judge',
    attestation: 'judge',
    notBuilt: 'act',
    notJudged: 'judge',
};
