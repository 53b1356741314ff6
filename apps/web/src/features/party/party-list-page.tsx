export const PartyListPage = () => null;
