export const PartyPage = () => null;
