import { type SignedHead, SignedState } from './checkpoint/signed-state.ts';

export type { SignedHead } from './checkpoint/signed-state.ts';

/** What the signer noted outside the database, for whoever compares it with the logs. What cannot be read is the signer's to say. */
export const signedHeads = async (keyFolder: string): Promise<readonly SignedHead[]> =>
    (await new SignedState(keyFolder).all()).signed;
